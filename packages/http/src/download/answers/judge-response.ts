import { DEFAULT_RETRY } from '../../retry/retry-options.ts';
import type { DownloadFailure } from '../download-error.ts';
import type { DownloadResponse } from '../download-fetch.ts';
import type { Ask } from './ask.ts';
import { parseContentRange } from './content-range.ts';
import { announcedSize, isEncoded, TRANSFORMED } from './file-version.ts';
import { compareValidator, type Validator } from './validators.ts';

/** What is known of the file by the one who asks for a part of it. */
export interface KnownFile {
	readonly size: number;
	/** `undefined` only where the question had none either. */
	readonly validator: Validator | undefined;
}

/** Why what is held is of no use: the file is another one now, or the server cannot be trusted with parts. */
export type RestartReason = 'changed' | 'ranges';

/**
 * What an answer means:
 *
 * - `append`: exactly the part that was asked for, of the version that is known;
 * - `whole`: the whole file from its first byte, to be taken instead of all that is held;
 * - `complete`: what is held is the current version;
 * - `restart`: the body is of no use; ask for the whole;
 * - `retry`: the same question may be answered later;
 * - `fail`: it will not be answered.
 */
export type Verdict =
	| { readonly action: 'append' }
	| { readonly action: 'whole'; readonly reason: RestartReason | 'asked' }
	| { readonly action: 'complete' }
	| { readonly action: 'restart'; readonly reason: RestartReason }
	| { readonly action: 'retry' }
	| { readonly action: 'fail'; readonly reason: DownloadFailure; readonly detail: string };

const RANGES_DO_NOT_WORK: Verdict = { action: 'restart', reason: 'ranges' };
const CHANGED: Verdict = { action: 'restart', reason: 'changed' };

/** Decides what to do with an answer. Nothing is taken for a part of `known` that does not prove to be one. */
export function judgeResponse(
	ask: Ask,
	known: KnownFile | undefined,
	response: Pick<DownloadResponse, 'status' | 'headers'>,
	options: { readonly acceptEncoded: boolean },
): Verdict {
	const { status, headers } = response;
	if (DEFAULT_RETRY.statuses.has(status)) return { action: 'retry' };
	switch (status) {
		case 200:
			return judgeWhole(ask, known, response, options.acceptEncoded);
		case TRANSFORMED:
			return judgeTransformed(ask, options.acceptEncoded);
		case 206:
			return ask.kind === 'part' && known !== undefined
				? judgePart(ask, known, response)
				: { action: 'fail', reason: 'range', detail: 'answered 206 with a part, where the whole was asked for.' };
		case 304:
			return ask.kind === 'check' ? { action: 'complete' } : failed(status);
		case 412:
			return ask.kind === 'whole' ? failed(status) : CHANGED;
		case 416:
			// Only what is inside the known size was asked for: either the size is another one, or ranges are broken.
			if (ask.kind !== 'part') return failed(status);
			return parseContentRange(headers['content-range'])?.size === known?.size ? RANGES_DO_NOT_WORK : CHANGED;
		default:
			return failed(status);
	}
}

function judgeWhole(
	ask: Ask,
	known: KnownFile | undefined,
	{ headers }: Pick<DownloadResponse, 'headers'>,
	acceptEncoded: boolean,
): Verdict {
	if (isEncoded(headers) && !acceptEncoded) {
		const coding = String(headers['content-encoding']);
		return {
			action: 'fail',
			reason: 'encoding',
			detail: `sends the file with Content-Encoding "${coding}" although identity was asked for: acceptEncoded stores it so.`,
		};
	}
	if (ask.kind === 'whole' || known === undefined) return { action: 'whole', reason: 'asked' };
	if (!isVersion(known, headers)) return { action: 'whole', reason: 'changed' };
	return ask.kind === 'check' ? { action: 'complete' } : { action: 'whole', reason: 'ranges' };
}

/** Whatever its validator says, it is not the file of the server: nothing that is held belongs to it. */
function judgeTransformed(ask: Ask, acceptEncoded: boolean): Verdict {
	if (acceptEncoded) return { action: 'whole', reason: ask.kind === 'whole' ? 'asked' : 'ranges' };
	return {
		action: 'fail',
		reason: 'encoding',
		detail: 'answered 203: a proxy on the way has changed the file; acceptEncoded stores it so.',
	};
}

function judgePart(
	{ range }: Extract<Ask, { kind: 'part' }>,
	known: KnownFile,
	{ headers }: Pick<DownloadResponse, 'headers'>,
): Verdict {
	const sent = parseContentRange(headers['content-range']);
	if (sent?.range?.start !== range.start || sent.range.end !== range.end) return RANGES_DO_NOT_WORK;
	if (isEncoded(headers) || sent.size === undefined) return RANGES_DO_NOT_WORK;
	const length = announcedSize(headers) ?? range.end - range.start;
	if (length !== range.end - range.start) return RANGES_DO_NOT_WORK;
	if (known.validator !== undefined) {
		const validator = compareValidator(known.validator, headers);
		if (validator === 'missing') return RANGES_DO_NOT_WORK;
		if (validator === 'other') return CHANGED;
	}
	return sent.size === known.size ? { action: 'append' } : CHANGED;
}

function isVersion(known: KnownFile, headers: DownloadResponse['headers']): boolean {
	if (known.validator === undefined || compareValidator(known.validator, headers) !== 'same') return false;
	return (announcedSize(headers) ?? known.size) === known.size;
}

function failed(status: number): Verdict {
	return { action: 'fail', reason: 'status', detail: `answered ${status}.` };
}
