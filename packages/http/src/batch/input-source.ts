import { InvalidRequestError } from '../errors.ts';

/** An iterable, pulled one by one. A plain one is pulled without a promise, so that a million cheap inputs stay cheap. */
export class InputSource<Input> {
	readonly #iterator: Iterator<Input> | AsyncIterator<Input>;
	#busy = false;
	#ended = false;

	/** @throws InvalidRequestError when `inputs` cannot be iterated. */
	constructor(inputs: Iterable<Input> | AsyncIterable<Input>) {
		this.#iterator = open(inputs);
	}

	/** Whether it is about to give the next input. */
	get busy(): boolean {
		return this.#busy;
	}

	/** The next input. Never to be asked while it is busy. */
	pull(): IteratorResult<Input> | Promise<IteratorResult<Input>> {
		try {
			const step = this.#iterator.next();
			return 'then' in step ? this.#settled(step) : this.#noted(step);
		} catch (error) {
			this.#ended = true;
			throw error;
		}
	}

	/** Tells it that no more is wanted, unless it had ended by itself, and waits until it has cleaned up. */
	async close(): Promise<void> {
		if (this.#ended) return;
		this.#ended = true;
		await this.#iterator.return?.();
	}

	async #settled(pending: Promise<IteratorResult<Input>>): Promise<IteratorResult<Input>> {
		this.#busy = true;
		try {
			return this.#noted(await pending);
		} catch (error) {
			this.#ended = true;
			throw error;
		} finally {
			this.#busy = false;
		}
	}

	#noted(step: IteratorResult<Input>): IteratorResult<Input> {
		if (step.done) this.#ended = true;
		return step;
	}
}

function open<Input>(inputs: Iterable<Input> | AsyncIterable<Input>): Iterator<Input> | AsyncIterator<Input> {
	if (Symbol.asyncIterator in Object(inputs)) return (inputs as AsyncIterable<Input>)[Symbol.asyncIterator]();
	if (Symbol.iterator in Object(inputs)) return (inputs as Iterable<Input>)[Symbol.iterator]();
	throw new InvalidRequestError(`The inputs of a batch are of type ${typeof inputs}: give an array or an iterable.`);
}
