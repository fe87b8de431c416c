import type { Readable } from 'node:stream';

/** Told how far a body has come that is sent in pieces. */
export interface BodyProgress {
	/** What there was has been taken, and more is waited for. */
	onAsked(): void;
	/** More is there to be taken, or the body is over. */
	onPiece(): void;
}

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
	open(progress?: BodyProgress): string | Uint8Array | Readable;
	/** Nobody will send it any more: whatever was not opened is let go. */
	abandon?(): void;
}
