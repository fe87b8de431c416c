import type { Readable } from 'node:stream';
import { InvalidRequestError } from '../errors.ts';
import type { BodyProgress, RequestBody } from './request-body.ts';
import { type BodySource, sourceBody } from './source-body.ts';

/** A body that a function makes anew each time it is sent. What it will be is not known before. */
export class RepeatedBody implements RequestBody {
	readonly #make: () => BodySource;
	readonly contentType: undefined = undefined;
	readonly length: undefined = undefined;
	readonly repeatable = true;
	readonly bytes: undefined = undefined;

	constructor(make: () => BodySource) {
		this.#make = make;
	}

	/** @throws InvalidRequestError when the function throws, or returns what cannot be sent. */
	open(progress?: BodyProgress): string | Uint8Array | Readable {
		return sourceBody('What the function "body" returned', this.#made()).open(progress);
	}

	#made(): BodySource {
		try {
			return this.#make();
		} catch (error) {
			const detail = error instanceof Error ? error.message : String(error);
			throw new InvalidRequestError(`The function "body" threw: ${detail}`, undefined, error);
		}
	}
}
