import { HttpError, type RequestLabel } from '../errors.ts';

/**
 * Why a download failed:
 *
 * | reason | meaning | what is left |
 * |---|---|---|
 * | `status` | the answer is an error such as 404, or stayed one such as 503 | what had arrived, to be resumed |
 * | `changed` | the file kept changing on the server, and could not be had in one go either | nothing |
 * | `digest` | the bytes are not those that the digest is of | nothing |
 * | `length` | the body is longer than announced | nothing |
 * | `too-large` | over `maxBytes` | nothing |
 * | `encoding` | the file is sent compressed, though asked not to, or changed on the way (203): see `acceptEncoded` | nothing |
 * | `range` | a part was sent where the whole was asked for | nothing |
 * | `exists` | another file has the name already: see `overwrite` | that file |
 * | `busy` | another download is writing the file | |
 * | `disk-full` | no space, or no quota, is left | what had arrived, to be resumed |
 * | `file` | the file cannot be made, written or read: no such folder, no permission … | what had arrived |
 * | `sources` | neither the URL nor a mirror brought it | what had arrived, to be resumed |
 */
export type DownloadFailure =
	| 'status'
	| 'changed'
	| 'digest'
	| 'length'
	| 'too-large'
	| 'encoding'
	| 'range'
	| 'exists'
	| 'busy'
	| 'disk-full'
	| 'file'
	| 'sources';

/** What goes with a {@link DownloadError}. */
export interface DownloadErrorFacts {
	/** The file it is about. */
	readonly path?: string | undefined;
	readonly status?: number;
	readonly cause?: unknown;
}

/** What arrived must not become the file, or cannot. Under the file's name there is never anything but a whole file. */
export class DownloadError extends HttpError {
	readonly reason: DownloadFailure;
	/** The file it is about: the final one, or a `.part` beside it. */
	readonly path: string | undefined;
	/** Of the response, when the reason is `status`. */
	readonly status: number | undefined;

	constructor(request: RequestLabel, reason: DownloadFailure, detail: string, facts: DownloadErrorFacts = {}) {
		super('ORB_HTTP_DOWNLOAD', request, detail, facts.cause);
		this.reason = reason;
		this.path = facts.path;
		this.status = facts.status;
	}
}
