/** A name and its value. */
export interface HarPair {
	readonly name: string;
	readonly value: string;
}

/** One request and its response, as the HAR 1.2 specification has them. Times are in milliseconds, -1 is "not known". */
export interface HarEntry {
	readonly startedDateTime: string;
	readonly time: number;
	readonly request: {
		readonly method: string;
		readonly url: string;
		readonly httpVersion: string;
		readonly cookies: readonly HarPair[];
		readonly headers: readonly HarPair[];
		readonly queryString: readonly HarPair[];
		readonly postData?: { readonly mimeType: string; readonly text: string };
		readonly headersSize: number;
		readonly bodySize: number;
	};
	readonly response: {
		readonly status: number;
		readonly statusText: string;
		readonly httpVersion: string;
		readonly cookies: readonly HarPair[];
		readonly headers: readonly HarPair[];
		readonly content: {
			readonly size: number;
			readonly mimeType: string;
			readonly text?: string;
			readonly encoding?: 'base64';
		};
		readonly redirectURL: string;
		readonly headersSize: number;
		readonly bodySize: number;
		/** Why there is no response. */
		readonly _error?: string;
	};
	readonly cache: Record<string, never>;
	readonly timings: {
		readonly send: number;
		readonly wait: number;
		readonly receive: number;
		readonly blocked: number;
	};
}

/** An HTTP Archive, version 1.2 (http://www.softwareishard.com/blog/har-12-spec/), as browsers' tools open it. */
export interface Har {
	readonly log: {
		readonly version: '1.2';
		readonly creator: { readonly name: string; readonly version: string };
		readonly entries: readonly HarEntry[];
	};
}
