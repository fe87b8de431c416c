import type { ApiRequest } from './api-request.ts';
import { lineKey } from './earlier-results.ts';
import { FAILED, type IdTable, SEEN, SUCCEEDED } from './id-table.ts';
import { MAX_LINE_BYTES } from './input.ts';
import { parseRequest } from './parse-request.ts';
import type { Line } from './read-lines.ts';
import type { RequestIdentities } from './request-identity.ts';
import type { LineErrorCode } from './result-line.ts';

/** What is to be done with a line. */
export type Plan =
	| { readonly action: 'run'; readonly request: ApiRequest; readonly key: string }
	| { readonly action: 'skip'; readonly before: 'succeeded' | 'failed'; readonly key?: string }
	| { readonly action: 'fail'; readonly id: string | number; readonly code: LineErrorCode; readonly problem: string }
	| { readonly action: 'ignore' };

/** What a plan depends on, besides the line. */
export interface PlanContext {
	readonly ids: IdTable;
	readonly identities: RequestIdentities;
	readonly baseUrl: string;
	/** What failed in an earlier run is done again. */
	readonly retryFailed: boolean;
}

/**
 * Decides what to do with a line of the input. Lines come in their order, because identities count. Marks nothing: whoever
 * acts on a plan with a key marks that as `SEEN`, before the next line.
 */
export function planLine({ number, bytes }: Line, context: PlanContext): Plan {
	const { ids, identities, baseUrl, retryFailed } = context;
	const fail = (code: LineErrorCode, problem: string, id: string | number = number): Plan => {
		const isKnown = (ids.get(lineKey(number)) & FAILED) !== 0;
		return isKnown && !retryFailed ? { action: 'skip', before: 'failed' } : { action: 'fail', id, code, problem };
	};
	if (bytes === undefined) return fail('BAD_LINE', `is longer than ${MAX_LINE_BYTES} bytes.`);
	const text = decode(bytes);
	if (text === undefined) return fail('BAD_LINE', 'is not UTF-8.');
	if (text.trim() === '') return { action: 'ignore' };

	const parsed = parseRequest(text, number, baseUrl);
	if ('problem' in parsed) return fail('BAD_LINE', parsed.problem, parsed.id);
	const { request } = parsed;
	const { id } = request;
	const key = identities.next(request);
	const marks = ids.get(key);
	if ((marks & SEEN) !== 0) {
		return fail('DUPLICATE_ID', `has the id ${JSON.stringify(id)} of an earlier line: give each line its own.`, id);
	}
	if ((marks & SUCCEEDED) !== 0) return { action: 'skip', before: 'succeeded', key };
	if ((marks & FAILED) !== 0 && !retryFailed) return { action: 'skip', before: 'failed', key };
	return { action: 'run', request, key };
}

const UTF_8 = new TextDecoder('utf-8', { fatal: true });

/** Undefined for what is not UTF-8. A byte order mark is left out. */
function decode(bytes: Buffer): string | undefined {
	try {
		return UTF_8.decode(bytes);
	} catch {
		return undefined;
	}
}
