import type { Readable } from 'node:stream';
import type { BodyProgress, RequestBody } from './request-body.ts';
import { SourceStream } from './source-stream.ts';

/** A Blob, read as it is sent: one that stands for a file never is in memory as a whole. */
export class BlobBody implements RequestBody {
	readonly #blob: Blob;
	readonly contentType: string | undefined;
	readonly length: number;
	readonly repeatable = true;
	readonly bytes: undefined = undefined;

	constructor(blob: Blob, contentType: string | undefined) {
		this.#blob = blob;
		this.contentType = contentType;
		this.length = blob.size;
	}

	open(progress?: BodyProgress): string | Readable {
		return this.length === 0 ? '' : new SourceStream(this.#blob.stream(), progress);
	}
}
