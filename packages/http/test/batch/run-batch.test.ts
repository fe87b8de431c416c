import { describe, expect, expectTypeOf, it } from 'vitest';
import { type BatchProgress, type RunResult, runBatch } from '../../src/batch/run-batch.ts';
import { InvalidRequestError } from '../../src/errors.ts';
import { rejection, until } from '../support/until.ts';

/** Runs that end when the test says so. */
class Runs {
	readonly started: number[] = [];
	readonly aborted: number[] = [];
	readonly #open = new Map<number, PromiseWithResolvers<string>>();

	get running(): number {
		return this.#open.size;
	}

	readonly run = (input: number, index: number, signal: AbortSignal): Promise<string> => {
		expect(index).toBe(this.started.length);
		this.started.push(input);
		const end = Promise.withResolvers<string>();
		this.#open.set(input, end);
		signal.addEventListener('abort', () => this.aborted.push(input));
		return end.promise.finally(() => this.#open.delete(input));
	};

	async finish(...inputs: number[]): Promise<void> {
		for (const input of inputs) this.#open.get(input)?.resolve(`result of ${input}`);
		await turn();
	}

	async fail(input: number): Promise<void> {
		this.#open.get(input)?.reject(new Error(`failure of ${input}`));
		await turn();
	}
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

function* numbers(count = Number.POSITIVE_INFINITY, pulled: number[] = []): Generator<number> {
	for (let n = 0; n < count; n++) {
		pulled.push(n);
		yield n;
	}
}

async function indexesOf(results: AsyncIterable<RunResult<number, unknown>>): Promise<number[]> {
	const indexes: number[] = [];
	for await (const { index } of results) indexes.push(index);
	return indexes;
}

describe('results', () => {
	it('tell what became of each input, failures too', async () => {
		const results: RunResult<string, number>[] = [];
		const run = async (text: string): Promise<number> => {
			if (text === '') throw new RangeError('empty');
			return text.length;
		};
		for await (const result of runBatch(['one', '', 'three'], run, { concurrency: 2, ordered: true })) {
			if (result.ok) expectTypeOf(result.value).toEqualTypeOf<number>();
			else expectTypeOf(result.error).toEqualTypeOf<unknown>();
			results.push(result);
		}
		expect(results).toEqual([
			{ index: 0, input: 'one', ok: true, value: 3 },
			{ index: 1, input: '', ok: false, error: new RangeError('empty') },
			{ index: 2, input: 'three', ok: true, value: 5 },
		]);
	});

	it('of a run that throws before it promises anything are failures as well', async () => {
		const run = (): Promise<never> => {
			throw new TypeError('at once');
		};
		const batch = runBatch([1], run, { concurrency: 1 });
		expect((await batch.next()).value).toEqual({ index: 0, input: 1, ok: false, error: new TypeError('at once') });
		expect(await batch.next()).toEqual({ done: true, value: undefined });
	});

	it('come as they finish, or in the order of the inputs', async () => {
		for (const ordered of [false, true]) {
			const runs = new Runs();
			const indexes = indexesOf(runBatch(numbers(4), runs.run, { concurrency: 4, ordered }));
			await turn();
			for (const input of [2, 0, 3, 1]) await runs.finish(input);
			expect(await indexes).toEqual(ordered ? [0, 1, 2, 3] : [2, 0, 3, 1]);
		}
	});

	it('come from async inputs too, pulled one at a time', async () => {
		let pulling = 0;
		const inputs = {
			[Symbol.asyncIterator]() {
				let next = 0;
				return {
					async next(): Promise<IteratorResult<number>> {
						pulling += 1;
						expect(pulling).toBe(1);
						await turn();
						pulling -= 1;
						return next < 50 ? { done: false, value: next++ } : { done: true, value: undefined };
					},
				};
			},
		};
		const indexes = await indexesOf(runBatch(inputs, async (n) => n, { concurrency: 8, ordered: true }));
		expect(indexes).toEqual(Array.from({ length: 50 }, (_, n) => n));
	});

	it('of no inputs are none', async () => {
		expect(await indexesOf(runBatch([], async () => 1, { concurrency: 1 }))).toEqual([]);
	});
});

describe('back-pressure', () => {
	it('starts nothing before it is asked, and takes an input only to run it', async () => {
		const runs = new Runs();
		const pulled: number[] = [];
		const batch = runBatch(numbers(undefined, pulled), runs.run, { concurrency: 3 });
		await turn();
		expect(pulled).toEqual([]);
		const first = batch.next();
		await turn();
		expect(pulled).toEqual([0, 1, 2]);
		expect(runs.started).toEqual([0, 1, 2]);
		await runs.finish(1);
		expect(await first).toMatchObject({ value: { index: 1 } });
		expect(pulled).toEqual([0, 1, 2, 3]);
		const leaving = batch.return();
		await runs.finish(0, 2, 3);
		await leaving;
	});

	it('stops when its consumer takes no more', async () => {
		for (const ordered of [false, true]) {
			const runs = new Runs();
			const batch = runBatch(numbers(), runs.run, { concurrency: 3, ordered });
			const first = batch.next();
			await runs.finish(0);
			await first;
			await runs.finish(1, 2, 3);
			await turn();
			expect(runs.started).toEqual([0, 1, 2, 3]);
			expect(runs.running).toBe(0);
			const second = batch.next();
			expect(await second).toMatchObject({ value: { index: 1 } });
			expect(runs.started).toEqual([0, 1, 2, 3, 4]);
			const leaving = batch.return();
			await runs.finish(4);
			await leaving;
		}
	});

	it('counts results that wait for an earlier one', async () => {
		const runs = new Runs();
		const batch = runBatch(numbers(), runs.run, { concurrency: 4, ordered: true });
		const first = batch.next();
		await runs.finish(1, 2, 3);
		expect(runs.started).toEqual([0, 1, 2, 3]);
		await runs.finish(0);
		expect(await first).toMatchObject({ value: { index: 0 } });
		const leaving = batch.return();
		await runs.finish(4);
		await leaving;
	});

	it('runs a thousand at once over a million inputs, and holds a thousand at most', async () => {
		let started = 0;
		let running = 0;
		let most = 0;
		let taken = 0;
		let mostOutstanding = 0;
		const run = async (n: number): Promise<number> => {
			started += 1;
			running += 1;
			most = Math.max(most, running);
			mostOutstanding = Math.max(mostOutstanding, started - taken);
			await Promise.resolve();
			running -= 1;
			return n;
		};
		let sum = 0;
		for await (const result of runBatch(numbers(1_000_000), run, { concurrency: 1_000, ordered: true })) {
			taken += 1;
			if (result.ok) sum += result.value;
		}
		expect(taken).toBe(1_000_000);
		expect(sum).toBe((1_000_000 * 999_999) / 2);
		expect(most).toBe(1_000);
		// The one that is being handed out is not taken yet, and no longer in the batch.
		expect(mostOutstanding).toBeLessThanOrEqual(1_001);
	}, 120_000);
});

describe('progress', () => {
	it('is told after each finish', async () => {
		const told: BatchProgress[] = [];
		const runs = new Runs();
		const indexes = indexesOf(
			runBatch(numbers(3), runs.run, { concurrency: 2, onProgress: (progress) => told.push(progress) }),
		);
		await turn();
		await runs.fail(1);
		await runs.finish(0);
		await runs.finish(2);
		await indexes;
		expect(told).toEqual([
			{ done: 1, failed: 1, running: 1, started: 2 },
			{ done: 2, failed: 1, running: 1, started: 3 },
			{ done: 3, failed: 1, running: 0, started: 3 },
		]);
	});

	it('that throws ends the batch with that error', async () => {
		const runs = new Runs();
		const onProgress = (): never => {
			throw new Error('no room on the screen');
		};
		const batch = runBatch(numbers(), runs.run, { concurrency: 2, onProgress });
		const first = batch.next();
		await runs.finish(0);
		expect(await first).toMatchObject({ value: { index: 0 } });
		expect(runs.aborted).toEqual([1]);
		const second = rejection(batch.next());
		await runs.fail(1);
		expect(await second).toEqual(new Error('no room on the screen'));
	});

	it('that rejects ends the batch with that error too', async () => {
		const onProgress: () => unknown = async () => {
			throw new Error('no room on the disk');
		};
		const batch = runBatch(numbers(), async (input) => input, { concurrency: 2, onProgress });
		const drain = async (): Promise<void> => {
			for await (const _ of batch);
		};
		expect(await rejection(drain())).toEqual(new Error('no room on the disk'));
	});
});

it('refuses a concurrency that is no number from 1, at once', () => {
	for (const concurrency of [0, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
		expect(() => runBatch([], async () => 1, { concurrency })).toThrow(InvalidRequestError);
	}
	expect(() => runBatch([], async () => 1, { concurrency: 0 })).toThrow(
		'batch.concurrency is 0: give a whole number from 1.',
	);
});

it('can be waited for in its own turn by several', async () => {
	const runs = new Runs();
	const batch = runBatch(numbers(2), runs.run, { concurrency: 2 });
	const takes = [batch.next(), batch.next(), batch.next(), batch.next()];
	await runs.finish(1);
	await runs.finish(0);
	expect((await Promise.all(takes)).map(({ value }) => value?.index)).toEqual([1, 0, undefined, undefined]);
	await until(() => runs.running === 0);
});
