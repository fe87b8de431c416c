import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { generatedBytes, generatedSha256 } from '../../src/index.ts';
import { Random } from '../../src/random.ts';

test('any part is what the whole has there', () => {
	const seed = Math.floor(Math.random() * 2 ** 32);
	const random = new Random(seed);
	const whole = generatedBytes(7, 0, 10_000);
	for (let round = 0; round < 200; round += 1) {
		const start = random.int(0, 10_000);
		const length = random.int(0, 10_000 - start);
		expect(generatedBytes(7, start, length), `seed ${seed}`).toEqual(whole.subarray(start, start + length));
	}
});

test('far offsets are as near as the first', () => {
	const far = 2 ** 50 + 3;
	expect(generatedBytes(1, far + 5, 20)).toEqual(generatedBytes(1, far, 25).subarray(5));
	expect(generatedBytes(1, far, 20)).not.toEqual(generatedBytes(1, 3, 20));
});

test('the bytes never change, so that their digests can be written down', async () => {
	// head -c 8 /dev/zero | openssl enc -aes-128-ctr -K 00000000000000010000000000000000 -iv 0
	expect(Buffer.from(generatedBytes(1, 0, 8)).toString('hex')).toBe('f6b7bdd1caeebab5');
	expect(await generatedSha256(1, 1000)).toBe('66160c7eb3eb0f0a1397d7b7b6edc6171b4fc29edef1d2ccaab087c6e39c4a18');
});

test('seeds differ, negative ones too', () => {
	const starts = [0, 1, 2, -1, 2 ** 40].map((seed) => Buffer.from(generatedBytes(seed, 0, 16)).toString('hex'));
	expect(new Set(starts).size).toBe(starts.length);
});

test('the digest is that of the bytes', async () => {
	const size = 3 * 1024 * 1024 + 17;
	const digest = createHash('sha256')
		.update(generatedBytes(9, 0, size))
		.digest('hex');
	expect(await generatedSha256(9, size)).toBe(digest);
	expect(await generatedSha256(9, 0)).toBe(createHash('sha256').digest('hex'));
});

test('what is no whole number is named', () => {
	expect(() => generatedBytes(0.5, 0, 1)).toThrow('seed must be a whole number');
	expect(() => generatedBytes(1, -1, 1)).toThrow('offset must be a whole number');
	expect(() => generatedBytes(1, 0, Number.NaN)).toThrow('length must be a whole number');
});
