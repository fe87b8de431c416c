import { wholeNumber } from '../check-numbers.ts';
import { BatchRun } from './batch-run.ts';

/** What became of one input. */
export type RunResult<Input, Output> =
	| { readonly index: number; readonly input: Input; readonly ok: true; readonly value: Output }
	| { readonly index: number; readonly input: Input; readonly ok: false; readonly error: unknown };

/** How far a batch has come. */
export interface BatchProgress {
	/** Inputs that are finished, well or not. */
	readonly done: number;
	/** Those of them that failed. */
	readonly failed: number;
	/** Under way now. */
	readonly running: number;
	/** Inputs taken so far: `done` and `running`. */
	readonly started: number;
}

/** How a batch is run. */
export interface RunBatchOptions {
	/** The most that run at once and wait for the consumer, both together: a whole number from 1. */
	readonly concurrency: number;
	/** Results in the order of the inputs, instead of as they come. Default false. */
	readonly ordered?: boolean;
	/** Ends the batch when it fires. */
	readonly signal?: AbortSignal;
	/** Told after each input that is finished. What it throws ends the batch, as `signal` would, with that error. */
	readonly onProgress?: (progress: BatchProgress) => void;
}

/** The results of a batch, to be iterated once. `return()`, which `break` and `await using` call, ends the batch. */
export interface BatchResults<Result> extends AsyncIterableIterator<Result>, AsyncDisposable {
	return(): Promise<IteratorReturnResult<undefined>>;
}

/**
 * Runs `run` on all inputs, several at once, and gives out what became of each. A run that fails is a result too.
 *
 * - It starts with the first `next()`, and takes an input only when it is about to run it. What runs and what is finished
 *   and not taken make up at most `concurrency`, so a consumer who stops taking soon stops all work, and memory is
 *   bounded however many inputs there are. With `ordered`, results that wait for an earlier one count as well.
 * - An input iterable that throws ends the batch with that error, after what runs has been given out.
 * - `break` aborts what runs, closes the input iterator, and waits for both: nothing goes on behind the consumer's back.
 *   It can wait no shorter than a run that ignores its signal, or an input iterator that does not let go.
 * - When `signal` fires, what runs is aborted; what had finished, and what still ends well, is given out; then the
 *   iteration rejects with the reason of the signal. An input iterator that is just waiting for its next input is told to
 *   close and not waited for.
 *
 * @param run is given the input, its index from 0 and a signal that fires when its work is no longer wanted.
 * @throws InvalidRequestError when `concurrency` is not a whole number from 1.
 */
export function runBatch<Input, Output>(
	inputs: Iterable<Input> | AsyncIterable<Input>,
	run: (input: Input, index: number, signal: AbortSignal) => Promise<Output>,
	options: RunBatchOptions,
): BatchResults<RunResult<Input, Output>> {
	wholeNumber('batch.concurrency', options.concurrency, 1);
	return new BatchRun(inputs, run, options);
}
