import { getEventListeners, once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { type RunResult, runBatch } from '../../src/batch/run-batch.ts';
import { rejection } from '../support/until.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Runs until it is aborted, and fails a little later, as a request would. */
async function untilAborted(_input: number, _index: number, signal: AbortSignal): Promise<never> {
	await once(signal, 'abort');
	await turn();
	throw signal.reason;
}

/** Even numbers are done at once, odd ones run until they are aborted. */
async function oddOnesHang(input: number, index: number, signal: AbortSignal): Promise<string> {
	return input % 2 === 0 ? `result of ${input}` : await untilAborted(input, index, signal);
}

/** Counts up, and notes how far it came and that it was closed. */
class Inputs {
	pulled = 0;
	closed = 0;
	readonly #limit: number;

	constructor(limit = Number.POSITIVE_INFINITY) {
		this.#limit = limit;
	}

	*sync(): Generator<number> {
		try {
			while (this.pulled < this.#limit) yield this.pulled++;
		} finally {
			this.closed += 1;
		}
	}

	async *async(): AsyncGenerator<number> {
		try {
			while (this.pulled < this.#limit) {
				await turn();
				yield this.pulled++;
			}
		} finally {
			for (let i = 0; i < 10; i++) await turn();
			this.closed += 1;
		}
	}
}

/** All results, and what the iteration ended with. */
async function drain<Result>(batch: AsyncIterable<Result>): Promise<{ results: Result[]; error: unknown }> {
	const results: Result[] = [];
	try {
		for await (const result of batch) results.push(result);
	} catch (error) {
		return { results, error };
	}
	return { results, error: undefined };
}

const indexes = (results: readonly RunResult<number, unknown>[]): number[] => results.map(({ index }) => index);

describe('break', () => {
	it.each(['sync', 'async'] as const)('aborts what runs, closes %s inputs, and waits for both', async (kind) => {
		const inputs = new Inputs();
		let aborted = 0;
		let running = 0;
		const run = async (input: number, index: number, signal: AbortSignal): Promise<string> => {
			running += 1;
			try {
				return await oddOnesHang(input, index, signal);
			} finally {
				running -= 1;
				if (signal.aborted) aborted += 1;
			}
		};
		const taken: number[] = [];
		for await (const { index } of runBatch(inputs[kind](), run, { concurrency: 5 })) {
			taken.push(index);
			if (taken.length === 3) break;
		}
		expect(taken).toEqual([0, 2, 4]);
		expect(running).toBe(0);
		expect(aborted).toBeGreaterThan(0);
		expect(inputs.closed).toBe(1);
	});

	it('passes on what the input iterator throws as it is closed', async () => {
		function* inputs(): Generator<number> {
			try {
				for (;;) yield 1;
			} finally {
				// biome-ignore lint/correctness/noUnsafeFinally: that is the case at hand
				throw new Error('cannot close');
			}
		}
		const loop = async (): Promise<void> => {
			for await (const _ of runBatch(inputs(), async () => 1, { concurrency: 2 })) break;
		};
		expect(await rejection(loop())).toEqual(new Error('cannot close'));
	});

	it('before the first result closes nothing, as nothing was opened', async () => {
		const inputs = new Inputs();
		const batch = runBatch(inputs.sync(), untilAborted, { concurrency: 2 });
		await batch.return();
		expect(await batch.next()).toEqual({ done: true, value: undefined });
		expect(inputs).toMatchObject({ pulled: 0, closed: 0 });
	});

	it('answers a next() that waits, and can be said twice', async () => {
		const inputs = new Inputs();
		const batch = runBatch(inputs.sync(), oddOnesHang, { concurrency: 3 });
		for (const index of [0, 2, 4]) expect(await batch.next()).toMatchObject({ value: { index } });
		const fourth = batch.next(); // 1, 3 and 5 run now, and nothing else may.
		await turn();
		expect(inputs.pulled).toBe(6);
		const [leaving, again] = [batch.return(), batch.return()];
		expect([await leaving, await again]).toEqual([
			{ done: true, value: undefined },
			{ done: true, value: undefined },
		]);
		expect(await fourth).toEqual({ done: true, value: undefined });
		expect(await batch.next()).toEqual({ done: true, value: undefined });
		expect(inputs.closed).toBe(1);
	});

	it('drops what nobody took', async () => {
		const batch = runBatch(new Inputs(3).sync(), async () => 1, { concurrency: 3, ordered: true });
		await batch.next();
		await turn();
		await batch.return();
		expect(await batch.next()).toEqual({ done: true, value: undefined });
	});

	it('leaves no listener on the signal', async () => {
		const { signal } = new AbortController();
		for await (const _ of runBatch(new Inputs().sync(), oddOnesHang, { concurrency: 2, signal })) break;
		expect(getEventListeners(signal, 'abort')).toEqual([]);
		await drain(runBatch(new Inputs(3).sync(), async () => 1, { concurrency: 2, signal }));
		expect(getEventListeners(signal, 'abort')).toEqual([]);
	});

	it('is what await using says', async () => {
		const inputs = new Inputs();
		{
			await using batch = runBatch(inputs.async(), oddOnesHang, { concurrency: 4 });
			await batch.next();
		}
		expect(inputs.closed).toBe(1);
	});
});

describe('the signal', () => {
	it('aborts what runs; what had finished is given out, then its reason', async () => {
		for (const ordered of [false, true]) {
			const inputs = new Inputs();
			const controller = new AbortController();
			const reasons: unknown[] = [];
			const run = async (input: number, index: number, signal: AbortSignal): Promise<string> => {
				signal.addEventListener('abort', () => reasons.push(signal.reason));
				return await oddOnesHang(input, index, signal);
			};
			const batch = runBatch(inputs.sync(), run, { concurrency: 6, ordered, signal: controller.signal });
			const first = await batch.next();
			expect(first).toMatchObject({ value: { index: 0 } });
			await turn();
			controller.abort('enough');
			const { results, error } = await drain(batch);
			expect(error).toBe('enough');
			expect(indexes(results)).toEqual([2, 4, 6]);
			expect(results.every((result) => result.ok)).toBe(true);
			expect(reasons).toContain('enough');
			expect(inputs.closed).toBe(1);
			expect(await batch.next()).toEqual({ done: true, value: undefined });
			expect(getEventListeners(controller.signal, 'abort')).toEqual([]);
		}
	});

	it('gives out what ends well all the same, and no failures', async () => {
		const controller = new AbortController();
		const run = async (input: number, _index: number, signal: AbortSignal): Promise<string> => {
			await once(signal, 'abort');
			if (input === 1) throw signal.reason;
			return 'was too late to stop';
		};
		const batch = runBatch([0, 1, 2], run, { concurrency: 3, ordered: true, signal: controller.signal });
		const drained = drain(batch);
		await turn();
		controller.abort('enough');
		const { results, error } = await drained;
		expect(indexes(results)).toEqual([0, 2]);
		expect(error).toBe('enough');
	});

	it('that fired before lets nothing begin', async () => {
		const inputs = new Inputs();
		const batch = runBatch(inputs.sync(), untilAborted, { concurrency: 2, signal: AbortSignal.abort('too early') });
		expect(await rejection(batch.next())).toBe('too early');
		expect(await batch.next()).toEqual({ done: true, value: undefined });
		expect(inputs.pulled).toBe(0);
	});

	it('does not wait for an input that may never come', async () => {
		const controller = new AbortController();
		let closed = false;
		async function* inputs(): AsyncGenerator<number> {
			try {
				yield 0;
				await new Promise(() => undefined);
			} finally {
				closed = true;
			}
		}
		const batch = runBatch(inputs(), async (n) => n, { concurrency: 2, signal: controller.signal });
		await batch.next();
		const next = rejection(batch.next());
		controller.abort('enough');
		expect(await next).toBe('enough');
		expect(closed).toBe(false);
	});

	it('waits for inputs that can be closed', async () => {
		const controller = new AbortController();
		const inputs = new Inputs();
		const batch = runBatch(inputs.async(), untilAborted, { concurrency: 2, signal: controller.signal });
		const next = rejection(batch.next());
		while (inputs.pulled < 2) await turn();
		await turn();
		controller.abort('enough');
		expect(await next).toBe('enough');
		expect(inputs.closed).toBe(1);
	});
});

describe('inputs that throw', () => {
	async function* failing(): AsyncGenerator<number> {
		yield 0;
		yield 1;
		throw new Error('the list is torn');
	}

	it.each(['sync', 'async'] as const)('end the batch after what runs has been given out: %s', async (kind) => {
		const inputs = kind === 'async' ? failing() : failOnThird();
		const results: RunResult<number, number>[] = [];
		const run = async (n: number): Promise<number> => {
			await turn();
			await turn();
			return n;
		};
		const loop = async (): Promise<void> => {
			for await (const result of runBatch(inputs, run, { concurrency: 10 })) results.push(result);
		};
		expect(await rejection(loop())).toEqual(new Error('the list is torn'));
		expect(results).toMatchObject([
			{ index: 0, ok: true },
			{ index: 1, ok: true },
		]);
	});

	it('are told of, though a signal ends the batch while the rest still runs', async () => {
		const controller = new AbortController();
		const batch = runBatch(failOnThird(), untilAborted, { concurrency: 10, signal: controller.signal });
		const next = rejection(batch.next());
		await turn();
		controller.abort('enough');
		expect(await next).toEqual(new Error('the list is torn'));
	});

	it('that cannot even be opened', async () => {
		const inputs = {
			[Symbol.iterator]: (): never => {
				throw new Error('no list');
			},
		};
		const batch = runBatch(inputs, async () => 1, { concurrency: 1 });
		expect(await rejection(batch.next())).toEqual(new Error('no list'));
	});
});

function* failOnThird(): Generator<number> {
	yield 0;
	yield 1;
	throw new Error('the list is torn');
}
