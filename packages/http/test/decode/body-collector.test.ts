import { randomBytes } from 'node:crypto';
import { brotliCompressSync, constants, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { BodyCollector } from '../../src/decode/body-collector.ts';
import type { Coding } from '../../src/decode/content-codings.ts';

type Outcome = Buffer | 'wire-limit' | 'over-limit' | 'malformed';

/** Feeds `wire` in pieces and reports how it ended, and how many bytes were taken. */
function collect(
	codings: readonly Coding[],
	wire: Buffer,
	{ limit = 10_000_000, piece = 16_000 } = {},
): Promise<{ outcome: Outcome; fed: number }> {
	return new Promise((resolve) => {
		let over = false;
		let fed = 0;
		const settle = (outcome: Outcome): void => {
			over = true;
			resolve({ outcome, fed });
		};
		const collector = new BodyCollector(codings, limit, {
			onBody: settle,
			onWireLimit: () => settle('wire-limit'),
			onDecodeFailure: (failure) => settle(failure.overLimit ? 'over-limit' : 'malformed'),
		});
		const feed = (): void => {
			if (over) return;
			if (fed >= wire.length) {
				collector.end();
				return;
			}
			collector.push(wire.subarray(fed, fed + piece));
			fed += piece;
			setImmediate(feed);
		};
		feed();
	});
}

const zstdLongWindow = (body: Buffer): Buffer =>
	zstdCompressSync(body, {
		params: { [constants.ZSTD_c_windowLog]: 27, [constants.ZSTD_c_enableLongDistanceMatching]: 1 },
	});

const ENCODERS: readonly [string, Coding, (body: Buffer) => Buffer][] = [
	['gzip', 'gzip', gzipSync],
	['deflate (zlib)', 'deflate', deflateSync],
	['deflate (raw)', 'deflate', deflateRawSync],
	['br', 'br', brotliCompressSync],
	['zstd', 'zstd', zstdCompressSync],
];

// Random bytes do not shrink, so the second size is decoded as a stream.
const SIZES = [5_000, 300_000];

describe.each(ENCODERS)('%s', (_name, coding, encode) => {
	it.each(SIZES)('decodes %i bytes', async (size) => {
		const body = randomBytes(size);
		const { outcome } = await collect([coding], encode(body));
		expect(Buffer.isBuffer(outcome) && outcome.equals(body)).toBe(true);
	});

	it.each(SIZES)('refuses %i bytes cut short', async (size) => {
		const wire = encode(randomBytes(size));
		expect((await collect([coding], wire.subarray(0, wire.length - 100))).outcome).toBe('malformed');
	});

	it.each(SIZES)('takes exactly its limit and refuses one byte more (%i)', async (size) => {
		const zeros = encode(Buffer.alloc(size));
		expect((await collect([coding], zeros, { limit: size })).outcome).toHaveLength(size);
		expect((await collect([coding], zeros, { limit: size - 1 })).outcome).toBe('over-limit');
	});

	it('refuses plain text', async () => {
		expect((await collect([coding], Buffer.from('<!doctype html><p>not encoded</p>'))).outcome).toBe('malformed');
	});

	it('accepts an empty body', async () => {
		expect((await collect([coding], Buffer.alloc(0))).outcome).toHaveLength(0);
	});
});

it('hands a plain body out as it came', async () => {
	const body = randomBytes(100_000);
	expect(((await collect([], body)).outcome as Buffer).equals(body)).toBe(true);
});

it('stops at the wire limit', async () => {
	const { outcome, fed } = await collect([], randomBytes(200_000), { limit: 50_000, piece: 10_000 });
	expect(outcome).toBe('wire-limit');
	expect(fed).toBe(50_000);
});

it('undoes stacked codings, outermost first', async () => {
	for (const size of SIZES) {
		const body = randomBytes(size);
		const { outcome } = await collect(['br', 'gzip', 'zstd'], brotliCompressSync(gzipSync(zstdCompressSync(body))));
		expect((outcome as Buffer).equals(body)).toBe(true);
	}
});

it('limits every layer of stacked codings', async () => {
	const bomb = gzipSync(gzipSync(Buffer.alloc(50_000_000)));
	expect(bomb.length).toBeLessThan(1_000);
	expect((await collect(['gzip', 'gzip'], bomb, { limit: 1_000_000 })).outcome).toBe('over-limit');
});

it('gives a bomb up while more of it could come', async () => {
	const bomb = gzipSync(Buffer.alloc(100_000_000)).subarray(0, 70_000);
	const outcome = await new Promise((resolve) => {
		const collector = new BodyCollector(['gzip'], 1_000_000, {
			onBody: () => resolve('body'),
			onWireLimit: () => resolve('wire-limit'),
			onDecodeFailure: resolve,
		});
		collector.push(bomb); // and `end` is never called
	});
	expect(outcome).toEqual({ overLimit: true });
});

it('refuses a zstd frame that wants a window over 8 MiB (RFC 9659)', async () => {
	const body = randomBytes(9_000_000);
	expect((await collect(['zstd'], zstdLongWindow(body), { limit: 20_000_000 })).outcome).toBe('malformed');
});
