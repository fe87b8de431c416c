import { InputSource } from './input-source.ts';
import { ArrivalBuffer, OrderedBuffer, type ResultBuffer } from './result-buffer.ts';
import type { BatchResults, RunBatchOptions, RunResult } from './run-batch.ts';

type Run<Input, Output> = (input: Input, index: number, signal: AbortSignal) => Promise<Output>;

const DONE: IteratorReturnResult<undefined> = { done: true, value: undefined };

/** One batch on its way; `runBatch` tells what it promises. */
export class BatchRun<Input, Output> implements BatchResults<RunResult<Input, Output>> {
	readonly #inputs: Iterable<Input> | AsyncIterable<Input>;
	readonly #run: Run<Input, Output>;
	readonly #options: RunBatchOptions;
	readonly #results: ResultBuffer<RunResult<Input, Output>>;
	/** Who called `next()` and has no answer yet, in order. */
	readonly #takers: PromiseWithResolvers<IteratorResult<RunResult<Input, Output>, undefined>>[] = [];
	/** What runs. A signal for each: listeners of thousands of runs on one signal would slow each other down. */
	readonly #running = new Set<AbortController>();
	#phase: 'new' | 'pulling' | 'exhausted' | 'stopped' | 'left' | 'over' = 'new';
	#source: InputSource<Input> | undefined;
	/** The clean-up of the inputs that has to come before the end. */
	#closing: Promise<void> | undefined;
	#leaving: Promise<void> | undefined;
	#idle: PromiseWithResolvers<void> | undefined;
	/** What the iteration rejects with at its end. */
	#failure: { readonly error: unknown } | undefined;
	#started = 0;
	#failed = 0;

	constructor(inputs: Iterable<Input> | AsyncIterable<Input>, run: Run<Input, Output>, options: RunBatchOptions) {
		this.#inputs = inputs;
		this.#run = run;
		this.#options = options;
		this.#results = options.ordered ? new OrderedBuffer() : new ArrivalBuffer();
	}

	[Symbol.asyncIterator](): this {
		return this;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		await this.return();
	}

	next(): Promise<IteratorResult<RunResult<Input, Output>, undefined>> {
		const taker = Promise.withResolvers<IteratorResult<RunResult<Input, Output>, undefined>>();
		this.#takers.push(taker);
		if (this.#phase === 'new') this.#begin();
		this.#step();
		return taker.promise;
	}

	async return(): Promise<IteratorReturnResult<undefined>> {
		if (this.#phase !== 'over') {
			this.#leaving ??= this.#leave();
			await this.#leaving;
		}
		return DONE;
	}

	#begin(): void {
		const { signal } = this.#options;
		this.#phase = 'pulling';
		if (signal?.aborted) {
			this.#stop(signal.reason);
			return;
		}
		signal?.addEventListener('abort', this.#onAbort);
		try {
			this.#source = new InputSource(this.#inputs);
		} catch (error) {
			this.#exhausted({ error });
		}
	}

	/** Does all that can be done now. */
	#step(): void {
		this.#deliver();
		this.#fill();
		const nothingToCome = this.#phase === 'exhausted' || this.#phase === 'stopped';
		if (nothingToCome && this.#running.size === 0 && this.#results.size === 0) this.#finish();
		if (this.#phase === 'over' || this.#phase === 'left') this.#answerAll();
	}

	#deliver(): void {
		while (this.#takers.length > 0) {
			const value = this.#results.take();
			if (value === undefined) return;
			this.#takers.shift()?.resolve({ done: false, value });
		}
	}

	#fill(): void {
		while (this.#phase === 'pulling' && this.#source?.busy === false && this.#hasRoom()) this.#pull(this.#source);
	}

	#hasRoom(): boolean {
		return this.#running.size + this.#results.size < this.#options.concurrency;
	}

	#pull(source: InputSource<Input>): void {
		try {
			const step = source.pull();
			if ('then' in step) step.then(this.#onInput, this.#onInputError);
			else this.#take(step);
		} catch (error) {
			this.#exhausted({ error });
		}
	}

	readonly #onInput = (step: IteratorResult<Input>): void => {
		this.#take(step);
		this.#step();
	};

	readonly #onInputError = (error: unknown): void => {
		this.#exhausted({ error });
		this.#step();
	};

	#take(step: IteratorResult<Input>): void {
		if (this.#phase !== 'pulling') return; // Stopped while it was on its way.
		if (step.done) this.#exhausted(undefined);
		else void this.#start(step.value);
	}

	#exhausted(failure: { readonly error: unknown } | undefined): void {
		if (this.#phase !== 'pulling') return;
		this.#phase = 'exhausted';
		this.#failure = failure;
	}

	async #start(input: Input): Promise<void> {
		const index = this.#started++;
		const controller = new AbortController();
		this.#running.add(controller);
		let result: RunResult<Input, Output>;
		try {
			result = { index, input, ok: true, value: await this.#run(input, index, controller.signal) };
		} catch (error) {
			result = { index, input, ok: false, error };
		}
		this.#running.delete(controller);
		this.#onFinished(result);
	}

	#onFinished(result: RunResult<Input, Output>): void {
		if (this.#running.size === 0) this.#idle?.resolve();
		if (this.#phase === 'left') return;
		if (!result.ok) this.#failed += 1;
		// What fails after it was aborted failed for that.
		if (this.#phase === 'stopped' && !result.ok) this.#results.skip(result.index);
		else this.#results.add(result.index, result);
		this.#tellProgress();
		this.#step();
	}

	#tellProgress(): void {
		const running = this.#running.size;
		const started = this.#started;
		try {
			const progress = { done: started - running, failed: this.#failed, running, started };
			const told: unknown = this.#options.onProgress?.(progress);
			if (told instanceof Promise) told.catch((error: unknown) => this.#stopAndStep(error));
		} catch (error) {
			this.#stop(error);
		}
	}

	readonly #onAbort = (): void => this.#stopAndStep(this.#options.signal?.reason);

	#stopAndStep(error: unknown): void {
		this.#stop(error);
		this.#step();
	}

	/** Ends the batch with `error`, once what still comes of what runs has been given out. */
	#stop(error: unknown): void {
		if (this.#phase !== 'pulling' && this.#phase !== 'exhausted') return;
		this.#phase = 'stopped';
		this.#failure ??= { error };
		for (const controller of this.#running) controller.abort(error);
		const source = this.#source;
		if (source === undefined) return;
		// Its own error would hide why the batch was ended; and it may be waiting for what never comes.
		const closed = source.close().catch(() => undefined);
		if (source.busy) return;
		this.#closing = closed.then(() => {
			this.#closing = undefined;
			this.#step();
		});
	}

	#finish(): void {
		if (this.#closing !== undefined) return;
		this.#phase = 'over';
		this.#options.signal?.removeEventListener('abort', this.#onAbort);
	}

	/** Nothing more will come: the first to ask is told why, if there is a reason. */
	#answerAll(): void {
		for (let taker = this.#takers.shift(); taker !== undefined; taker = this.#takers.shift()) {
			if (this.#failure === undefined) taker.resolve(DONE);
			else taker.reject(this.#failure.error);
			this.#failure = undefined;
		}
	}

	async #leave(): Promise<void> {
		const source = this.#source;
		this.#phase = 'left';
		this.#failure = undefined;
		this.#options.signal?.removeEventListener('abort', this.#onAbort);
		for (const controller of this.#running) controller.abort();
		this.#answerAll();
		this.#results.clear();
		this.#idle = Promise.withResolvers();
		if (this.#running.size === 0) this.#idle.resolve();
		const [closed] = await Promise.allSettled([this.#closing ?? source?.close(), this.#idle.promise]);
		this.#phase = 'over';
		if (closed.status === 'rejected') throw closed.reason;
	}
}
