import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { rejection } from '../support/until.ts';
import { bytesOf, startHarness } from './support/harness.ts';

const SIZE = 2_000_000;
const digestOf = (algorithm: string) => createHash(algorithm).update(bytesOf(1, SIZE)).digest();
const MANY = { segments: 4, minSegmentBytes: 100_000 };

describe.each([
	['one connection', {}],
	['several', MANY],
])('over %s', (_name, options) => {
	it('a file of the digest that was given is taken', async () => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, cutAfter: 1_500_000, cutTimes: 1 } });
		const sha256 = digestOf('sha256');
		const result = await harness.get('a.bin', { ...options, sha256: sha256.toString('base64') });
		expect(result).toMatchObject({ sha256: sha256.toString('hex'), restarts: 0 });
	});

	it.each(['md5', 'sha1', 'sha384', 'sha512'])('%s will do', async (algorithm) => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1 } });
		const value = digestOf(algorithm).toString('hex');
		expect((await harness.get('a.bin', { ...options, digest: { algorithm, value } })).sha256).toBeUndefined();
		const wrong = { algorithm, value: value.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) };
		const error = await rejection(harness.get('a.bin', { ...options, digest: wrong, overwrite: 'replace' }));
		expect(error).toMatchObject({ reason: 'digest' });
	});

	it('a file of another digest does not get the name, and nothing of it is kept', async () => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1 } });
		const error = await rejection(harness.get('a.bin', { ...options, sha256: 'a'.repeat(64) }));
		expect(error).toMatchObject({ code: 'ORB_HTTP_DOWNLOAD', reason: 'digest' });
		expect(String(error)).toContain(digestOf('sha256').toString('hex'));
		expect(await harness.names()).toEqual([]);
	});

	it('the digest that the server tells counts like one that was given', async () => {
		await using harness = await startHarness({
			'good.bin': { size: SIZE, seed: 1, reprDigest: true },
			'bad.bin': { size: SIZE, seed: 1, reprDigest: 'wrong' },
		});
		expect(await harness.get('good.bin', options)).toMatchObject({ sha256: digestOf('sha256').toString('hex') });
		expect(await rejection(harness.get('bad.bin', options))).toMatchObject({ reason: 'digest' });
		expect(await harness.names()).toEqual(['good.bin']);
	});
});

it('no digest is made when nobody asked for one', async () => {
	await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1 } });
	expect((await harness.get('a.bin')).sha256).toBeUndefined();
});
