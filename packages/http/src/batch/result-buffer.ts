/** Results that wait for their consumer. */
export interface ResultBuffer<Result> {
	readonly size: number;
	add(index: number, result: Result): void;
	/** There will be no result of this index. */
	skip(index: number): void;
	/** The next result, taken out; `undefined` when it is not there yet. */
	take(): Result | undefined;
	clear(): void;
}

/** Gives results out as they come. */
export class ArrivalBuffer<Result> implements ResultBuffer<Result> {
	readonly #results: Result[] = [];

	get size(): number {
		return this.#results.length;
	}

	add(_index: number, result: Result): void {
		this.#results.push(result);
	}

	skip(): void {}

	take(): Result | undefined {
		return this.#results.shift();
	}

	clear(): void {
		this.#results.length = 0;
	}
}

/** Gives results out in the order of their indexes, each of which is added or skipped once. */
export class OrderedBuffer<Result> implements ResultBuffer<Result> {
	readonly #results = new Map<number, Result>();
	readonly #skipped = new Set<number>();
	#next = 0;

	get size(): number {
		return this.#results.size;
	}

	add(index: number, result: Result): void {
		this.#results.set(index, result);
	}

	skip(index: number): void {
		this.#skipped.add(index);
	}

	take(): Result | undefined {
		while (this.#skipped.delete(this.#next)) this.#next += 1;
		const result = this.#results.get(this.#next);
		if (this.#results.delete(this.#next)) this.#next += 1;
		return result;
	}

	clear(): void {
		this.#results.clear();
	}
}
