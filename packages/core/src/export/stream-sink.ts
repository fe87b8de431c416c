import type { Writable } from 'node:stream';
import { cannotBeWritten, type ExportSink } from './export-sink.ts';

export interface StreamSinkOptions {
	/** What messages call it. */
	readonly name: string;
	/** Whether it is ended with the export. */
	readonly ends: boolean;
	readonly signal?: AbortSignal | undefined;
}

/** A stream, written as fast as its reader reads. A reader who goes away, like `head`, has had enough: that is no error. */
export class StreamSink implements ExportSink {
	readonly #stream: Writable;
	readonly #options: StreamSinkOptions;
	#failure: Error | undefined;

	constructor(stream: Writable, options: StreamSinkOptions) {
		this.#stream = stream;
		this.#options = options;
		stream.on('error', this.#failed);
	}

	async write(bytes: string | Uint8Array): Promise<boolean> {
		if (this.#isGone()) return false;
		if (!this.#stream.write(bytes)) await this.#until('drain');
		return !this.#isGone();
	}

	async finish(): Promise<void> {
		const { ends, signal } = this.#options;
		signal?.throwIfAborted();
		if (!this.#isGone()) {
			if (ends) await this.#until('finish', () => this.#stream.end());
			// Nothing is added to it: this is called back when all before it has been passed on.
			else await this.#until('drain', (done) => this.#stream.write('', done));
		}
		const isGone = this.#isGone();
		signal?.throwIfAborted();
		// One that is gone may still have to tell so.
		if (!isGone && !ends) this.#stream.off('error', this.#failed);
	}

	async abandon(): Promise<void> {
		if (this.#options.ends) this.#stream.destroy();
	}

	readonly #failed = (error: Error): void => {
		this.#failure ??= error;
	};

	/** @throws StorageError when the stream has failed otherwise than by its reader's going away. */
	#isGone(): boolean {
		// A stream has its error before it tells of it.
		const failure = this.#failure ?? this.#stream.errored ?? undefined;
		const { code = '' } = (failure ?? {}) as NodeJS.ErrnoException;
		if (failure !== undefined && !GONE.has(code)) throw cannotBeWritten(this.#options.name, failure);
		return failure !== undefined || this.#stream.destroyed;
	}

	/** Waits for an event, or for what makes it impossible: the end of the stream, or that nobody waits any longer. */
	#until(event: string, start: (done: () => void) => void = () => {}): Promise<void> {
		const { signal } = this.#options;
		const names = [event, 'close', 'error'];
		return new Promise((resolve) => {
			const done = (): void => {
				for (const name of names) this.#stream.off(name, done);
				signal?.removeEventListener('abort', done);
				resolve();
			};
			for (const name of names) this.#stream.on(name, done);
			signal?.addEventListener('abort', done);
			start(done);
		});
	}
}

const GONE: ReadonlySet<string> = new Set([
	'EPIPE',
	'ECONNRESET',
	'ERR_STREAM_PREMATURE_CLOSE',
	'ERR_STREAM_DESTROYED',
]);
