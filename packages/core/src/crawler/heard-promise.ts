/** What everybody calls who asks for the result of a promise. */
const ASK = 'then';

/**
 * A promise that knows whether anybody has asked for its result: `await`, `then`, `Promise.all` and all their like call
 * `then` of a class that is not `Promise` itself.
 */
class HeardPromise<T> extends Promise<T> {
	/** What is derived from it is an ordinary promise. */
	static override get [Symbol.species](): PromiseConstructor {
		return Promise;
	}

	#isHeard = false;

	get isHeard(): boolean {
		return this.#isHeard;
	}

	/** Calls `listener` when it rejects, which does not count as being heard. */
	onRejection(listener: (error: unknown) => void): void {
		void super.then(undefined, listener);
	}

	override [ASK]<Result = T, Other = never>(
		whenKept?: ((value: T) => Result | PromiseLike<Result>) | null,
		whenBroken?: ((reason: unknown) => Other | PromiseLike<Other>) | null,
	): Promise<Result | Other> {
		this.#isHeard = true;
		return super.then(whenKept, whenBroken);
	}
}

/**
 * Runs `work` at once. What it throws is for whoever awaits the answer; when nobody has done so by the end of the turn,
 * `unheard` is told of it instead of the process.
 */
export function heardOr<T>(unheard: (error: unknown) => void, work: () => Promise<T>): Promise<T> {
	const promise = new HeardPromise<T>((resolve) => resolve(work()));
	promise.onRejection((error) => {
		if (promise.isHeard) return;
		// Node's own verdict comes before that too.
		setImmediate(() => {
			if (!promise.isHeard) unheard(error);
		});
	});
	return promise;
}
