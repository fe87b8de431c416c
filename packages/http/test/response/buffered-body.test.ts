import { describe, expect, it } from 'vitest';
import { BufferedBody } from '../../src/response/buffered-body.ts';
import { rejection } from '../support/until.ts';

const REQUEST = { method: 'GET', url: 'http://a.test/' };
const BYTES = Buffer.from(Array.from({ length: 150_000 }, (_, i) => i % 251));

function body(bytes: Buffer = BYTES, maxStreamBytes = Number.POSITIVE_INFINITY): BufferedBody {
	return new BufferedBody({ ...REQUEST, maxStreamBytes }, bytes);
}

async function pieces(from: AsyncIterable<Buffer>): Promise<Buffer[]> {
	const list: Buffer[] = [];
	for await (const piece of from) list.push(piece);
	return list;
}

describe('collect', () => {
	it('gives all of it up to the limit', async () => {
		const { bytes, truncated } = await body().collect({ maxBytes: 150_000, overflow: 'error' });
		expect([bytes.equals(BYTES), truncated]).toEqual([true, false]);
	});

	it('refuses a longer one, naming the request', async () => {
		const error = await rejection(body().collect({ maxBytes: 149_999, overflow: 'error' }));
		expect(error).toMatchObject({ code: 'ORB_HTTP_BODY_TOO_LARGE', limitBytes: 149_999, ...REQUEST });
	});

	it('or cuts it', async () => {
		const { bytes, truncated } = await body().collect({ maxBytes: 10, overflow: 'truncate' });
		expect([bytes, truncated]).toEqual([BYTES.subarray(0, 10), true]);
	});

	it.each(['error', 'truncate'] as const)('takes an empty one (%s)', async (overflow) => {
		const empty = body(Buffer.alloc(0));
		expect(await empty.collect({ maxBytes: 0, overflow })).toEqual({ bytes: Buffer.alloc(0), truncated: false });
	});
});

describe('iteration', () => {
	it('gives pieces of 64 KiB', async () => {
		const list = await pieces(body());
		expect(list.map((piece) => piece.length)).toEqual([65_536, 65_536, 18_928]);
		expect(Buffer.concat(list).equals(BYTES)).toBe(true);
		expect(await pieces(body(Buffer.alloc(0)))).toEqual([]);
	});

	it('obeys the limit of the request', async () => {
		expect(await pieces(body(BYTES, 150_000))).toHaveLength(3);
		const taken: Buffer[] = [];
		const iterate = async (): Promise<void> => {
			for await (const piece of body(BYTES, 149_999)) taken.push(piece);
		};
		expect(await rejection(iterate())).toMatchObject({ code: 'ORB_HTTP_BODY_TOO_LARGE', limitBytes: 149_999 });
		expect(taken).toHaveLength(2);
	});

	it('ends with an error when it is discarded meanwhile', async () => {
		const discarded = body();
		const iterator = discarded[Symbol.asyncIterator]();
		await iterator.next();
		discarded.discard();
		expect(await rejection(iterator.next())).toMatchObject({ code: 'ORB_HTTP_ABORTED' });
	});
});

it('its readers own what they get', async () => {
	const original = Buffer.from('original');
	const { bytes } = await body(original).collect({ maxBytes: 100, overflow: 'error' });
	bytes.fill(0);
	const cut = await body(original).collect({ maxBytes: 3, overflow: 'truncate' });
	cut.bytes.fill(0);
	for await (const piece of body(original)) piece.fill(0);
	expect(original.toString()).toBe('original');
});

describe('a second reader is refused', () => {
	const uses: Record<string, (of: BufferedBody) => unknown> = {
		collected: (of) => of.collect({ maxBytes: 1_000_000, overflow: 'error' }),
		iterated: (of) => of[Symbol.asyncIterator](),
		'read or given up': (of) => of.discard(),
	};
	it.each(Object.keys(uses))('after it was %s', async (first) => {
		for (const second of ['collected', 'iterated']) {
			const once = body();
			await uses[first]?.(once);
			const again = async (): Promise<unknown> => await uses[second]?.(once);
			const error = await rejection(again());
			expect(error).toMatchObject({ code: 'ORB_HTTP_INVALID_REQUEST', ...REQUEST });
			expect(String(error)).toContain(`was ${first} already`);
		}
	});

	it('and discarding is always allowed', async () => {
		const read = body();
		await read.collect({ maxBytes: 1_000_000, overflow: 'error' });
		read.discard();
		read.discard();
	});
});

it('counts the bytes of a connection', () => {
	expect(body().wireBytes).toBe(150_000);
	expect(new BufferedBody(REQUEST, BYTES, 0).wireBytes).toBe(0);
});
