import { wholeNumber } from '../whole-number.ts';

/**
 * How ranges go wrong:
 * - `ignored`: they are said to be accepted, yet the answer is always 200 with the whole file;
 * - `none`: the same, and `Accept-Ranges: none` says so;
 * - `wrong-start`: 206 with another part than the one asked for, one byte off, as its `Content-Range` says;
 * - `wrong-total`: 206 with the right part, but a `Content-Range` of a file that is one byte longer;
 * - `multipart`: 206 as `multipart/byteranges`, even for a single range (RFC 9110 section 15.3.7.2 forbids that).
 */
export type RangeFault = 'ignored' | 'none' | 'wrong-start' | 'wrong-total' | 'multipart';

/** What goes wrong when a file is asked for. Nothing does by default. */
export interface FileFaults {
	readonly ranges?: RangeFault;
	/** Answers 206 even if `If-Range` names another version: the end of the new file for the start of the old one. */
	readonly ignoreIfRange?: boolean;
	/** Sends chunks without a `Content-Length`, so that the length of a 200 is not known before its end. */
	readonly chunked?: boolean;
	/** Adds so many to the true `Content-Length`, or takes them away when negative; the connection closes after it. */
	readonly wrongLength?: number;
	/** Cuts the connection of each response when so many bytes of its body were sent and more were to come. */
	readonly cutAfter?: number;
	/** How many responses are cut before the others pass; without it all are. */
	readonly cutTimes?: number;
	/** Falls silent in each response when so many bytes of its body were sent; the connection stays open. */
	readonly stallAfter?: number;
	/** The most body bytes a second for one response, sent in small steps. */
	readonly bytesPerSecond?: number;
	/** An error in place of the file. */
	readonly status?: StatusFault;
}

export interface StatusFault {
	/** 400 to 599. */
	readonly code: number;
	/** How many requests get it before the others get the file; without it all do. */
	readonly times?: number;
	/** The `Retry-After` header: seconds or an HTTP date. */
	readonly retryAfter?: number | string;
}

/** @throws {RangeError} naming the fault whose number does not fit. */
export function checkFaults(faults: FileFaults): void {
	const most = Number.MAX_SAFE_INTEGER;
	const { wrongLength = 0, cutAfter = 0, cutTimes = 0, stallAfter = 0, bytesPerSecond = 1, status } = faults;
	wholeNumber('wrongLength', wrongLength, -most, most);
	wholeNumber('cutAfter', cutAfter, 0, most);
	wholeNumber('cutTimes', cutTimes, 0, most);
	wholeNumber('stallAfter', stallAfter, 0, most);
	wholeNumber('bytesPerSecond', bytesPerSecond, 1, most);
	wholeNumber('status.code', status?.code ?? 500, 400, 599);
	wholeNumber('status.times', status?.times ?? 0, 0, most);
}
