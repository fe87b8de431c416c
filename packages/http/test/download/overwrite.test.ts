import { createHash } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { download } from '../../src/download/download.ts';
import { rejection } from '../support/until.ts';
import { bytesOf, type Harness, progressUntil, startHarness } from './support/harness.ts';

const SIZE = 100_000;
const sha256 = createHash('sha256').update(bytesOf(1, SIZE)).digest('hex');
const dated = { size: SIZE, seed: 1, validator: 'last-modified' } as const;

describe('a file that is there, by default', () => {
	it('is the result when it has the size and the time that the server tells', async () => {
		await using harness = await startHarness({ 'a.bin': dated });
		await harness.get('a.bin');
		const again = await harness.get('a.bin');
		expect(again).toMatchObject({ skipped: true, bytes: SIZE, segments: 0, path: join(harness.folder, 'a.bin') });
		expect(again.validator?.kind).toBe('last-modified');
		expect(await harness.names()).toEqual(['a.bin']);
	});

	it('is the result, with no request, when it has the digest that was given', async () => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1 } });
		await writeFile(join(harness.folder, 'a.bin'), bytesOf(1, SIZE));
		expect(await harness.get('a.bin', { sha256 })).toMatchObject({ skipped: true, sha256 });
		expect(harness.server.log.requests).toHaveLength(0);
	});

	it('is the result when it has the digest that the server tells', async () => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, reprDigest: true } });
		await harness.get('a.bin');
		expect(await harness.get('a.bin')).toMatchObject({ skipped: true, sha256 });
	});

	it.each([
		['has another size', { ...dated, size: SIZE + 1 }],
		['has another time', { ...dated, lastModified: new Date(Date.UTC(2020, 0, 2)) }],
		['has another digest', { size: SIZE, seed: 2, reprDigest: true }],
		['cannot be told apart', { size: SIZE, seed: 1 }],
	] as const)('is left alone when the new one %s', async (_name, file) => {
		await using harness = await startHarness({ 'a.bin': dated });
		await harness.get('a.bin');
		harness.server.setFile('a.bin', file);
		const error = await rejection(harness.get('a.bin'));
		expect(error).toMatchObject({ reason: 'exists', path: join(harness.folder, 'a.bin') });
		expect(String(error)).toContain('overwrite: "replace"');
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
		expect(await harness.names()).toEqual(['a.bin']);
	});

	it('is looked at when the server gives the name, too', async () => {
		await using harness = await startHarness({ 'a.bin': dated });
		await harness.get('a.bin');
		const url = `${harness.server.url}/a.bin`;
		expect(await download(harness.client, url, harness.folder)).toMatchObject({ skipped: true });
	});

	it('is left alone when it is not the one of the given digest', async () => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1 } });
		await writeFile(join(harness.folder, 'a.bin'), 'mine');
		expect(await rejection(harness.get('a.bin', { sha256 }))).toMatchObject({ reason: 'exists' });
		expect(harness.server.log.requests).toHaveLength(0);
	});
});

it('"error" fails without a request', async () => {
	await using harness = await startHarness({ 'a.bin': dated });
	await harness.get('a.bin');
	expect(await rejection(harness.get('a.bin', { overwrite: 'error' }))).toMatchObject({ reason: 'exists' });
	expect(harness.server.log.requests).toHaveLength(1);
});

describe('"replace"', () => {
	it('takes the new file, and lets the old one stand until then', async () => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 2, bytesPerSecond: 4 * SIZE } });
		await writeFile(join(harness.folder, 'a.bin'), 'mine');
		const { onProgress, reached } = progressUntil(1);
		const outcome = harness.get('a.bin', { overwrite: 'replace', onProgress });
		await reached;
		expect(await readFile(join(harness.folder, 'a.bin'), 'utf8')).toBe('mine');
		expect(await outcome).toMatchObject({ skipped: false });
		expect((await harness.read('a.bin')).equals(bytesOf(2, SIZE))).toBe(true);
	});

	it('leaves the old file when the new one does not come', async () => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 2, reprDigest: 'wrong' } });
		await writeFile(join(harness.folder, 'a.bin'), 'mine');
		expect(await rejection(harness.get('a.bin', { overwrite: 'replace' }))).toMatchObject({ reason: 'digest' });
		expect(await readFile(join(harness.folder, 'a.bin'), 'utf8')).toBe('mine');
	});
});

it('a file that is made meanwhile is not replaced', async () => {
	await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, bytesPerSecond: 2 * SIZE } });
	const { onProgress, reached } = progressUntil(1);
	const failure = rejection(harness.get('a.bin', { onProgress }));
	await reached;
	await writeFile(join(harness.folder, 'a.bin'), 'mine');
	expect(await failure).toMatchObject({ reason: 'exists' });
	expect(await readFile(join(harness.folder, 'a.bin'), 'utf8')).toBe('mine');
	// And what has arrived is good for another try.
	expect(await harness.get('a.bin', { overwrite: 'replace' })).toMatchObject({ resumedFrom: SIZE });
	expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
});

describe('a run that was killed in its last steps', () => {
	/** Leaves the state as it is just before the file gets its name. */
	async function leaveFinished(harness: Harness): Promise<void> {
		const controller = new AbortController();
		const { onProgress, reached } = progressUntil(1);
		const failure = rejection(harness.get('a.bin', { onProgress, signal: controller.signal }));
		await reached;
		controller.abort();
		await failure;
		const state = join(harness.folder, 'a.bin.part.json');
		const finished = { ...JSON.parse(await readFile(state, 'utf8')), held: [[0, SIZE]], finished: true };
		await writeFile(state, JSON.stringify(finished));
		await writeFile(join(harness.folder, 'a.bin.part'), bytesOf(1, SIZE));
	}

	it.each([
		['with both names', true],
		['with the state left', false],
	])('%s, has finished', async (_name, partIsLeft) => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, bytesPerSecond: SIZE } });
		await leaveFinished(harness);
		const part = join(harness.folder, 'a.bin.part');
		await link(part, join(harness.folder, 'a.bin'));
		if (!partIsLeft) await rm(part);
		const before = harness.server.log.requests.length;
		expect(await harness.get('a.bin')).toMatchObject({ skipped: true, bytes: SIZE });
		expect(harness.server.log.requests).toHaveLength(before);
		expect(await harness.names()).toEqual(['a.bin']);
	});

	it('never lets a later one write into the file that it has named', async () => {
		await using harness = await startHarness({ 'a.bin': { size: SIZE, seed: 1, bytesPerSecond: SIZE } });
		await leaveFinished(harness);
		await link(join(harness.folder, 'a.bin.part'), join(harness.folder, 'a.bin'));
		harness.server.setFile('a.bin', { size: SIZE, seed: 2, cutAfter: 50_000 });
		const failure = harness.get('a.bin', { overwrite: 'replace', retry: { limit: 0 } });
		expect(await rejection(failure)).toMatchObject({ code: 'ORB_HTTP_CONNECTION_LOST' });
		expect((await harness.read('a.bin')).equals(bytesOf(1, SIZE))).toBe(true);
	});
});
