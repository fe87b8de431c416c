import type { SQLOutputValue } from 'node:sqlite';
import type { NewRequest, RequestData } from '../store/crawl-store.ts';

/** What the `request` table has of a request. */
export interface FoundRequest {
	readonly label?: SQLOutputValue;
	readonly data?: SQLOutputValue;
}

/**
 * Whether a new request gives a stored one with the same key its own label. It does where the stored one is only the
 * target of a redirect: nobody chose the handler for it, it came with the label of whatever was redirected. A link that
 * does choose one must not be lost because a redirect was faster.
 *
 * A redirect itself only gives a label to what has none: so two that lead to one page never take it from each other again
 * and again.
 */
export function claimsTarget({ label, data }: NewRequest, found: FoundRequest): boolean {
	if (found.label === (label ?? null)) return false;
	if (data?.redirectedFrom !== undefined && (label === undefined || found.label !== null)) return false;
	return redirectedFrom(found.data) !== undefined;
}

function redirectedFrom(data: SQLOutputValue | undefined): RequestData['redirectedFrom'] {
	// Most requests have no data, and most data no such key: nothing is parsed for them.
	if (typeof data !== 'string' || !data.includes('"redirectedFrom"')) return undefined;
	return (JSON.parse(data) as RequestData).redirectedFrom;
}
