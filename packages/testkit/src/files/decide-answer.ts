import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';
import type { RangeRequest } from './byte-ranges.ts';
import { parseRange } from './byte-ranges.ts';
import type { FileFaults, RangeFault, StatusFault } from './file-faults.ts';
import type { FileVersion } from './file-version.ts';
import type { Piece } from './partial-answer.ts';
import { lengthOf, multipart, singlePart } from './partial-answer.ts';
import { isRangeOfThisVersion, judgeConditions } from './preconditions.ts';

/** A response before it is sent. */
export interface Answer {
	readonly status: number;
	readonly headers: OutgoingHttpHeaders;
	readonly pieces: readonly Piece[];
	/** How many bytes the pieces have. */
	readonly length: number;
}

/** What a request comes to. */
export interface Asked {
	readonly method: string;
	readonly headers: IncomingHttpHeaders;
}

/** The answer to a GET or HEAD for a file, with its faults but those of sending. */
export function decideAnswer(asked: Asked, version: FileVersion, faults: FileFaults, reprDigest?: string): Answer {
	const { representation, validators } = version;
	const { size } = representation;
	const headers: OutgoingHttpHeaders = {
		...(validators.etag !== undefined && { ETag: validators.etag }),
		...(validators.lastModified !== undefined && { 'Last-Modified': validators.lastModified }),
	};
	const verdict = judgeConditions(asked.headers, validators);
	if (verdict === 'precondition-failed') return answer(412, headers, []);
	if (verdict === 'not-modified') return { status: 304, headers, pieces: [], length: 0 };

	Object.assign(headers, { 'Accept-Ranges': faults.ranges === 'none' ? 'none' : 'bytes' });
	const range = rangeOf(asked, version, faults);
	if (range.kind === 'unsatisfiable') {
		return answer(416, { ...headers, 'Content-Range': `bytes */${size}` }, []);
	}
	Object.assign(headers, version.headers, reprDigest !== undefined && { 'Repr-Digest': reprDigest });
	if (range.kind === 'whole') {
		return answer(200, headers, size === 0 ? [] : [{ start: 0, end: size - 1 }], faults);
	}
	const partial =
		faults.ranges === 'multipart'
			? multipart(range.parts, size, String(version.headers['Content-Type']))
			: singlePart(range.parts[0], size, faults.ranges);
	return answer(206, { ...headers, ...partial.headers }, partial.pieces, faults);
}

/** The error that stands in for a file. */
export function statusAnswer({ code, retryAfter }: StatusFault): Answer {
	const headers = { 'Content-Type': 'text/plain', ...(retryAfter !== undefined && { 'Retry-After': retryAfter }) };
	return answer(code, headers, [Buffer.from(`${code}\n`)]);
}

const rangeless: ReadonlySet<RangeFault | undefined> = new Set<RangeFault>(['ignored', 'none']);

function rangeOf({ method, headers }: Asked, version: FileVersion, faults: FileFaults): RangeRequest {
	const whole: RangeRequest = { kind: 'whole' };
	// Ranges are defined for GET alone (RFC 9110 section 14.2).
	if (method !== 'GET' || rangeless.has(faults.ranges)) return whole;
	const ifRange = faults.ignoreIfRange === true ? undefined : headers['if-range']?.toString();
	if (!isRangeOfThisVersion(ifRange, version.validators)) return whole;
	const range = parseRange(headers.range, version.representation.size);
	// A server may ignore ranges it does not care for; several at once are none of ours, unless multipart is asked for.
	return range.kind === 'parts' && range.parts.length > 1 && faults.ranges !== 'multipart' ? whole : range;
}

function answer(
	status: number,
	headers: OutgoingHttpHeaders,
	pieces: readonly Piece[],
	faults: FileFaults = {},
): Answer {
	const length = pieces.reduce((sum, piece) => sum + lengthOf(piece), 0);
	const { chunked = false, wrongLength = 0 } = faults;
	const framing: OutgoingHttpHeaders = {
		...(!chunked && { 'Content-Length': Math.max(0, length + wrongLength) }),
		// After a wrong length nothing else on the connection could be understood.
		...(wrongLength !== 0 && { Connection: 'close' }),
	};
	return { status, headers: { ...headers, ...framing }, pieces, length };
}
