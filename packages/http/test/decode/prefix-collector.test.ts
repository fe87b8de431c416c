import { randomBytes } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Coding } from '../../src/decode/content-codings.ts';
import { PrefixCollector } from '../../src/decode/prefix-collector.ts';

type Outcome = { body: Buffer; truncated: boolean | undefined } | 'malformed';

/** Feeds `wire` in pieces until it is over, or until the collector is done. */
function collect(
	coding: Coding | undefined,
	wire: Buffer,
	{ limit = 10_000_000, piece = 16_000, end = true } = {},
): Promise<{ outcome: Outcome; wireBytes: number }> {
	return new Promise((resolve) => {
		let over = false;
		const settle = (outcome: Outcome): void => {
			over = true;
			resolve({ outcome, wireBytes: collector.wireBytes });
		};
		const collector = new PrefixCollector(coding, limit, {
			onBody: (body, truncated) => settle({ body, truncated }),
			onWireLimit: () => settle('malformed'),
			onDecodeFailure: () => settle('malformed'),
		});
		let fed = 0;
		const feed = (): void => {
			if (over) return;
			if (fed < wire.length) {
				collector.push(wire.subarray(fed, fed + piece));
				fed += piece;
				setImmediate(feed);
			} else if (end) collector.end();
		};
		feed();
	});
}

const ENCODERS: readonly [string, Coding | undefined, (body: Buffer) => Buffer][] = [
	['plain', undefined, (body) => body],
	['gzip', 'gzip', gzipSync],
	['deflate (zlib)', 'deflate', deflateSync],
	['deflate (raw)', 'deflate', deflateRawSync],
	['br', 'br', brotliCompressSync],
	['zstd', 'zstd', zstdCompressSync],
];

describe.each(ENCODERS)('%s', (_name, coding, encode) => {
	it.each([1, 16_000, 1_000_000])('hands a shorter body out whole, in pieces of %i', async (piece) => {
		const body = randomBytes(5_000);
		const { outcome } = await collect(coding, encode(body), { piece });
		expect(outcome).toEqual({ body, truncated: false });
	});

	it('takes a body of exactly its limit for whole', async () => {
		const body = Buffer.alloc(50_000, 'a');
		expect((await collect(coding, encode(body), { limit: 50_000 })).outcome).toEqual({ body, truncated: false });
	});

	it('cuts a body that is one byte longer', async () => {
		const body = Buffer.alloc(50_000, 'a');
		const { outcome } = await collect(coding, encode(body), { limit: 49_999 });
		expect(outcome).toEqual({ body: body.subarray(0, 49_999), truncated: true });
	});

	it('cuts a body that does not shrink and does not end', async () => {
		const body = randomBytes(400_000);
		const { outcome } = await collect(coding, encode(body), { limit: 100_000, end: false });
		if (outcome === 'malformed') throw new Error('It was taken for malformed.');
		expect(outcome.truncated).toBe(true);
		expect(outcome.body.length).toBeLessThanOrEqual(100_000);
		expect(outcome.body.equals(body.subarray(0, outcome.body.length))).toBe(true);
	});

	it('has nothing of an empty body', async () => {
		expect((await collect(coding, Buffer.alloc(0))).outcome).toEqual({ body: Buffer.alloc(0), truncated: false });
	});
});

describe.each(ENCODERS.slice(1))('%s', (_name, coding, encode) => {
	it('refuses a body that is cut short', async () => {
		const wire = encode(randomBytes(5_000));
		expect((await collect(coding, wire.subarray(0, wire.length - 100))).outcome).toBe('malformed');
	});

	it('refuses plain text', async () => {
		expect((await collect(coding, Buffer.from('<!doctype html><p>not encoded</p>'))).outcome).toBe('malformed');
	});

	it('is done with a bomb after its first bytes', async () => {
		const bomb = encode(Buffer.alloc(50_000_000));
		const { outcome, wireBytes } = await collect(coding, bomb, { limit: 1_000, piece: 100, end: false });
		expect(outcome).toEqual({ body: Buffer.alloc(1_000), truncated: true });
		expect(wireBytes).toBeLessThanOrEqual(Math.max(1_100, bomb.length));
	});
});

it('ends a body that goes on and decodes to nothing', async () => {
	// A gzip header whose file name never ends.
	const wire = Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 0]), Buffer.alloc(200_000, 'a')]);
	const { outcome, wireBytes } = await collect('gzip', wire, { limit: 50_000, piece: 10_000, end: false });
	expect(outcome).toEqual({ body: Buffer.alloc(0), truncated: true });
	expect(wireBytes).toBeLessThanOrEqual(60_000);
});

it('says nothing more once it was dropped', async () => {
	let calls = 0;
	const count = (): void => {
		calls += 1;
	};
	const collector = new PrefixCollector('gzip', 10, { onBody: count, onWireLimit: count, onDecodeFailure: count });
	const wire = gzipSync(Buffer.alloc(1_000));
	collector.push(wire.subarray(0, 20));
	collector.drop();
	collector.push(wire.subarray(20));
	collector.end();
	await new Promise((resolve) => setTimeout(resolve, 50));
	expect(calls).toBe(0);
});
