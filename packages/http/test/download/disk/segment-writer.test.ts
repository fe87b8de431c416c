import { randomBytes } from 'node:crypto';
import { type FileHandle, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SegmentWriter } from '../../../src/download/disk/segment-writer.ts';
import { rejection } from '../../support/until.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** A file whose system takes at most `most` bytes of each call, or fails from `room` bytes on. */
function grudging(
	handle: FileHandle,
	{ most = Number.POSITIVE_INFINITY, room = Number.POSITIVE_INFINITY },
): FileHandle {
	const writev = async (buffers: readonly Buffer[], position: number) => {
		const bytes = Buffer.concat(buffers).subarray(0, Math.min(most, room - position));
		if (bytes.length === 0) throw Object.assign(new Error('full'), { code: 'ENOSPC' });
		await handle.write(bytes, 0, bytes.length, position);
		return { bytesWritten: bytes.length, buffers };
	};
	return Object.create(handle, { writev: { value: writev } });
}

it('writes what it is given, at its place, in whatever pieces it comes and is taken', async () => {
	const bytes = randomBytes(200_000);
	const path = join(temporaryFolder(), 'file');
	const handle = await open(path, 'w+');
	const cuts = fc.array(fc.integer({ min: 1, max: 30_000 }), { minLength: 1, maxLength: 20 });
	await fc.assert(
		fc.asyncProperty(cuts, fc.integer({ min: 1_000, max: 100_000 }), async (lengths, most) => {
			await handle.truncate(0);
			const writer = new SegmentWriter(grudging(handle, { most }), 7);
			let at = 0;
			for (const length of lengths) {
				const chunk = bytes.subarray(at, at + length);
				at += chunk.length;
				await writer.push(chunk);
			}
			await writer.flush();
			expect(writer.written).toBe(7 + at);
			expect((await readFile(path)).subarray(7)).toEqual(bytes.subarray(0, at));
		}),
		{ numRuns: 30 },
	);
	await handle.close();
});

it('tells to wait when there is enough to write, and gathers until then', async () => {
	const handle = await open(join(temporaryFolder(), 'file'), 'w+');
	const writer = new SegmentWriter(handle, 0);
	const chunk = Buffer.alloc(256 * 1024);
	const waits: boolean[] = [];
	for (let i = 0; i < 12; i++) waits.push(writer.push(chunk) !== undefined);
	// Four are being written, eight wait.
	expect(waits).toEqual([...Array.from({ length: 11 }, () => false), true]);
	await writer.flush();
	expect(writer.written).toBe(12 * chunk.length);
	await handle.close();
});

it('fails once and for all when a write does, and knows what was written before', async () => {
	const handle = await open(join(temporaryFolder(), 'file'), 'w+');
	const writer = new SegmentWriter(grudging(handle, { room: 1_000 }), 0);
	void writer.push(Buffer.alloc(800));
	await writer.flush();
	void writer.push(Buffer.alloc(800));
	expect(await rejection(writer.flush())).toMatchObject({ code: 'ENOSPC' });
	expect(writer.written).toBe(1_000);
	expect(() => writer.push(Buffer.alloc(1))).toThrow('full');
	expect(await rejection(writer.flush())).toMatchObject({ code: 'ENOSPC' });
	writer.forgetFrom(900);
	expect(writer.written).toBe(900);
	await handle.close();
});
