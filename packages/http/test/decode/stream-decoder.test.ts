import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { type DecodeFailure, StreamDecoder } from '../../src/decode/stream-decoder.ts';

it('never holds more than the limit and one chunk of a bomb', async () => {
	const limit = 1_000_000;
	const bomb = gzipSync(Buffer.alloc(100_000_000));
	let most = 0;
	const failure = await new Promise<DecodeFailure>((resolve, reject) => {
		const decoder = new StreamDecoder(
			'gzip',
			bomb,
			limit,
			() => reject(new Error('It was decoded.')),
			(reason) => {
				most = decoder.bytes;
				resolve(reason);
			},
		);
		decoder.end();
	});
	expect(failure.overLimit).toBe(true);
	expect(most).toBeGreaterThan(limit);
	expect(most).toBeLessThanOrEqual(limit + 64 * 1024);
});
