import { createHash, randomBytes } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PrefixHash } from '../../../src/download/digest/prefix-hash.ts';
import { rejection } from '../../support/until.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const bytes = randomBytes(3_000_000);
const digest = createHash('sha256').update(bytes).digest();
const signal = new AbortController().signal;

async function fileWith(content: Buffer) {
	const file = await open(join(temporaryFolder(), 'file'), 'w+');
	await file.write(content);
	return { file, [Symbol.asyncDispose]: () => file.close() };
}

it('takes what arrives in order, and reads the rest from the disk', async () => {
	await using held = await fileWith(bytes);
	const hash = new PrefixHash(['sha256', 'md5']);
	await hash.catchUp(held.file, 10, signal);
	hash.update(bytes.subarray(10, 1_000), 10);
	hash.update(bytes.subarray(2_000, 3_000), 2_000); // not its turn
	hash.update(bytes.subarray(0, 1_000), 0); // seen
	hash.update(bytes.subarray(1_000, 2_000), 1_000);
	await hash.catchUp(held.file, bytes.length, signal);
	expect(hash.digests()).toEqual(
		new Map([
			['sha256', digest],
			['md5', createHash('md5').update(bytes).digest()],
		]),
	);
});

it('does not read when nobody asked for a digest', async () => {
	await using held = await fileWith(bytes.subarray(0, 10));
	const hash = new PrefixHash([]);
	await hash.catchUp(held.file, bytes.length, signal);
	expect(hash.digests().size).toBe(0);
});

it('fails when the file is shorter than it should be, and when it is stopped', async () => {
	await using held = await fileWith(bytes.subarray(0, 10));
	const hash = new PrefixHash(['sha256']);
	expect(String(await rejection(hash.catchUp(held.file, 11, signal)))).toContain('ends at 10, before 11');
	const reason = new Error('stopped');
	expect(await rejection(new PrefixHash(['sha256']).catchUp(held.file, 10, AbortSignal.abort(reason)))).toBe(reason);
});
