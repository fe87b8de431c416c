import { withCallersStack } from './callers-stack.ts';

/** Counts what is under way, so that a client can wait for the end of it. */
export class CallCounter {
	#running = 0;
	#idle: PromiseWithResolvers<void> | undefined;

	/** How much is under way. */
	get running(): number {
		return this.#running;
	}

	/** Runs `work` and counts it until it has settled. An error tells who asked for it. */
	async count<Value>(work: () => Promise<Value>): Promise<Value> {
		this.#running += 1;
		try {
			return await work();
		} catch (error) {
			throw withCallersStack(error);
		} finally {
			this.#running -= 1;
			if (this.#running === 0) {
				this.#idle?.resolve();
				this.#idle = undefined;
			}
		}
	}

	/** Resolves when nothing is under way. */
	async idle(): Promise<void> {
		if (this.#running === 0) return;
		this.#idle ??= Promise.withResolvers();
		await this.#idle.promise;
	}
}
