import { hash } from 'node:crypto';
import { isHarmless } from '../redirect-headers.ts';
import type { HeaderList } from '../request-headers.ts';
import { requestValue } from './header-values.ts';

/**
 * Request headers that chose a response, with the SHA-256 of their values in base64url; `null` where the request had no
 * such header. The values themselves may be credentials and do not belong on a disk.
 */
export type Selection = Readonly<Record<string, string | null>>;

/**
 * The headers that a response depends on: those that its Vary names (RFC 9111 §4.1), and Authorization always, so that
 * nobody is shown what was made for other credentials. A `private` one is for one user alone, and what tells the server
 * who that is may be any header: so it depends on all but those that cannot. `undefined` for `Vary: *`: no other request
 * can be answered.
 */
export function selectionOf(headers: HeaderList, vary: string | undefined, isPrivate = false): Selection | undefined {
	const names = new Set(['authorization', ...(vary ?? '').toLowerCase().split(/[\s,]+/)]);
	if (isPrivate) {
		names.add('cookie');
		for (let i = 0; i < headers.length; i += 2) if (!isHarmless(headers[i] ?? '')) names.add(headers[i] ?? '');
	}
	names.delete('');
	if (names.has('*')) return undefined;
	return Object.fromEntries([...names].map((name) => [name, digest(requestValue(headers, name))]));
}

/** Whether a request with these headers may be answered with what was chosen so. */
export function selects(selection: Selection, headers: HeaderList): boolean {
	return Object.entries(selection).every(([name, expected]) => digest(requestValue(headers, name)) === expected);
}

function digest(value: string | undefined): string | null {
	return value === undefined ? null : hash('sha256', value, 'base64url');
}
