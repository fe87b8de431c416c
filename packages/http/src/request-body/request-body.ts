import type { Readable } from 'node:stream';

/** A request body that is ready to be sent. */
export interface RequestBody {
	/** The media type to announce, unless the caller set one. */
	readonly contentType: string | undefined;
	/** Length in bytes; `undefined` sends it in chunks. */
	readonly length: number | undefined;
	/** Whether `open` may be called again: a stream can be read only once. */
	readonly repeatable: boolean;
	/** The whole body where it is in memory. */
	readonly bytes: string | Uint8Array | undefined;
	/** The body from its beginning. */
	open(): string | Uint8Array | Readable;
	/** Nobody will send it any more: whatever was not opened is let go. */
	abandon?(): void;
}
