import type { IncomingHttpHeaders } from 'node:http';
import { type AccessRules, decideAccess } from '../access/decide-access.ts';
import { PUBLISH_PATH, WATCH_PATH } from '../protocol/version.ts';
import { targetUrl } from './answer-request.ts';

/** What becomes of a request to upgrade. */
export type Upgrade =
	| { readonly kind: 'watcher' | 'publisher' }
	| { readonly kind: 'refused'; readonly status: number; readonly reason: string };

/** @param open how many connections of each kind there are. */
export function decideUpgrade(
	target: string,
	headers: IncomingHttpHeaders,
	rules: AccessRules,
	open: { readonly watchers: number; readonly publishers: number },
	most: { readonly watchers: number; readonly publishers: number },
): Upgrade {
	const url = targetUrl(target);
	if (url === undefined) return { kind: 'refused', status: 400, reason: 'The request target is no path.' };
	const access = decideAccess({ headers, url }, rules, { isPage: false, isOpen: false });
	if (access.kind === 'refused') return access;
	switch (url.pathname) {
		case WATCH_PATH:
			return open.watchers < most.watchers ? { kind: 'watcher' } : full('watchers');
		case PUBLISH_PATH:
			return open.publishers < most.publishers ? { kind: 'publisher' } : full('publishers');
		default:
			return { kind: 'refused', status: 404, reason: `Connect to ${WATCH_PATH} or ${PUBLISH_PATH}.` };
	}
}

function full(who: string): Upgrade {
	return { kind: 'refused', status: 503, reason: `There are too many ${who}: close some.` };
}
