import type { RequestHeaders } from '../request-headers.ts';
import type { ResponseHeaders } from '../response-headers.ts';
import type { Timeouts } from '../timeouts.ts';

/** How a download asks. It decides itself what is asked for again, and takes the bytes as they are sent. */
interface DownloadRequest {
	readonly headers: RequestHeaders;
	readonly signal: AbortSignal;
	readonly decode: false;
	readonly retry: false;
	readonly timeouts: Partial<Timeouts>;
	readonly maxBodyBytes: number;
	readonly maxRedirects?: number;
}

/** What a download needs of a response. */
export interface DownloadResponse {
	readonly status: number;
	readonly headers: ResponseHeaders;
	/** The URL that answered, without credentials. */
	readonly url: string;
	/** As sent. Ends with an HttpError when the connection is cut, or falls silent. */
	readonly body: AsyncIterable<Buffer>;
	/** Gives the body up; harmless when it was read. */
	discard(): void;
}

/** The client, as downloads see it. Failures are HttpErrors. */
export interface DownloadFetch {
	/** @param secretsOf the origin that secrets of the client may go to; another one is asked like after a redirect. */
	get(url: string | URL, options: DownloadRequest, secretsOf: string): Promise<DownloadResponse>;
}
