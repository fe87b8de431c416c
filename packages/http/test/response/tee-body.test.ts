import { describe, expect, it } from 'vitest';
import type { CollectedBody, CollectLimit, ResponseBody } from '../../src/response/response-body.ts';
import { TeeBody } from '../../src/response/tee-body.ts';
import { rejection } from '../support/until.ts';

/** A body that makes its pieces when they are asked for, and counts. */
class CountedBody implements ResponseBody {
	readonly #pieces: readonly (string | Error)[];
	asked = 0;
	discarded = 0;
	returned = 0;

	constructor(...pieces: readonly (string | Error)[]) {
		this.#pieces = pieces;
	}

	get wireBytes(): number {
		return this.asked;
	}

	async collect({ maxBytes, overflow }: CollectLimit): Promise<CollectedBody> {
		const whole = Buffer.concat(await gathered(this.#made()));
		if (whole.length > maxBytes && overflow === 'error') throw new Error('too long');
		return { bytes: whole.subarray(0, maxBytes), truncated: whole.length > maxBytes };
	}

	[Symbol.asyncIterator](): AsyncIterator<Buffer> {
		return this.#made();
	}

	discard(): void {
		this.discarded += 1;
	}

	async *#made(): AsyncGenerator<Buffer, void> {
		try {
			for (const piece of this.#pieces) {
				this.asked += 1;
				if (piece instanceof Error) throw piece;
				yield Buffer.from(piece);
			}
		} finally {
			this.returned += 1;
		}
	}
}

async function gathered(pieces: AsyncIterable<Buffer>): Promise<Buffer[]> {
	const list: Buffer[] = [];
	for await (const piece of pieces) list.push(piece);
	return list;
}

const LIMIT: CollectLimit = { maxBytes: 100, overflow: 'error' };

function tee(source: ResponseBody, maxBytes = 100): { body: TeeBody; copies: Buffer[] } {
	const copies: Buffer[] = [];
	return { body: new TeeBody(source, { maxBytes, onWhole: (bytes) => copies.push(bytes) }), copies };
}

describe('what is read to its end is copied once', () => {
	it('collected', async () => {
		const { body, copies } = tee(new CountedBody('ab', 'c'));
		expect((await body.collect(LIMIT)).bytes.toString()).toBe('abc');
		expect(copies.map(String)).toEqual(['abc']);
	});

	it('iterated, and asked again after the end', async () => {
		const { body, copies } = tee(new CountedBody('ab', 'c'));
		const iterator = body[Symbol.asyncIterator]();
		expect(String((await iterator.next()).value)).toBe('ab');
		expect(String((await iterator.next()).value)).toBe('c');
		expect(copies).toEqual([]);
		expect((await iterator.next()).done).toBe(true);
		expect((await iterator.next()).done).toBe(true);
		expect(copies.map(String)).toEqual(['abc']);
	});

	it('empty', async () => {
		const collected = tee(new CountedBody());
		await collected.body.collect(LIMIT);
		const iterated = tee(new CountedBody());
		for await (const piece of iterated.body) expect(piece).toBe('never');
		expect([collected.copies, iterated.copies]).toEqual([[Buffer.alloc(0)], [Buffer.alloc(0)]]);
	});

	it('up to the limit, and not a byte more', async () => {
		for (const [maxBytes, count] of [
			[3, 1],
			[2, 0],
		] as const) {
			const collected = tee(new CountedBody('ab', 'c'), maxBytes);
			await collected.body.collect(LIMIT);
			const iterated = tee(new CountedBody('ab', 'c'), maxBytes);
			expect((await gathered(iterated.body)).map(String)).toEqual(['ab', 'c']);
			expect([collected.copies.length, iterated.copies.length]).toEqual([count, count]);
		}
	});

	it('whatever the reader does with the bytes', async () => {
		const collected = tee(new CountedBody('ab', 'c'));
		(await collected.body.collect(LIMIT)).bytes.fill(0);
		const iterated = tee(new CountedBody('ab', 'c'));
		for await (const piece of iterated.body) piece.fill(0);
		expect([...collected.copies, ...iterated.copies].map(String)).toEqual(['abc', 'abc']);
	});

	it('into memory of its own', async () => {
		const { body, copies } = tee(new CountedBody('abc'));
		await body.collect(LIMIT);
		expect(copies[0]?.buffer.byteLength).toBe(3);
	});
});

describe('never copied is what was', () => {
	it('truncated', async () => {
		const { body, copies } = tee(new CountedBody('ab', 'c'));
		expect((await body.collect({ maxBytes: 2, overflow: 'truncate' })).truncated).toBe(true);
		expect(copies).toEqual([]);
	});

	it('left early, which the source is told', async () => {
		const source = new CountedBody('ab', 'c', 'd');
		const { body, copies } = tee(source);
		for await (const piece of body) {
			expect(piece.toString()).toBe('ab');
			break;
		}
		expect(copies).toEqual([]);
		expect(source).toMatchObject({ asked: 1, returned: 1 });
	});

	it('discarded, which the source is told', () => {
		const source = new CountedBody('ab');
		const { body, copies } = tee(source);
		body.discard();
		expect([source.discarded, copies]).toEqual([1, []]);
	});

	it('left while a piece was on its way', async () => {
		const { body, copies } = tee(new CountedBody('ab', 'c'));
		const iterator = body[Symbol.asyncIterator]();
		await Promise.all([iterator.next(), iterator.return?.()]);
		expect((await iterator.next()).done).toBe(true);
		expect(copies).toEqual([]);
	});

	it('asked for several pieces at once, whose order only the source knows', async () => {
		const { body, copies } = tee(new CountedBody('ab', 'c', 'd'));
		const iterator = body[Symbol.asyncIterator]();
		const results = await Promise.all([iterator.next(), iterator.next(), iterator.next(), iterator.next()]);
		expect(results.map(({ value }) => value?.toString())).toEqual(['ab', 'c', 'd', undefined]);
		expect(copies).toEqual([]);
	});

	it('cut off', async () => {
		const cut = new Error('cut');
		const collected = tee(new CountedBody('ab', cut));
		expect(await rejection(collected.body.collect(LIMIT))).toBe(cut);
		const iterated = tee(new CountedBody('ab', cut));
		const iterator = iterated.body[Symbol.asyncIterator]();
		await iterator.next();
		expect(await rejection(iterator.next())).toBe(cut);
		// The source is at its end now, which is not the end of the body.
		expect((await iterator.next()).done).toBe(true);
		expect([collected.copies, iterated.copies]).toEqual([[], []]);
	});
});

it('asks for a piece only when its reader does', async () => {
	const source = new CountedBody('a', 'b', 'c');
	const iterator = tee(source).body[Symbol.asyncIterator]();
	expect(source.asked).toBe(0);
	await iterator.next();
	expect(source.asked).toBe(1);
	await iterator.next();
	expect(source.asked).toBe(2);
});

it('takes the source when it is taken itself', async () => {
	const refusing: ResponseBody = {
		wireBytes: 0,
		collect: () => Promise.reject(new Error('read already')),
		[Symbol.asyncIterator]: () => {
			throw new Error('read already');
		},
		discard: () => undefined,
	};
	const { body } = tee(refusing);
	expect(() => body[Symbol.asyncIterator]()).toThrow('read already');
	expect(await rejection(body.collect(LIMIT))).toMatchObject({ message: 'read already' });
});
