import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, test } from 'vitest';
import { FileSink } from '../../src/export/file-sink.ts';
import { openSink } from '../../src/export/open-sink.ts';
import { StreamSink } from '../../src/export/stream-sink.ts';
import { temporaryFolder } from '../sqlite/temporary-folder.ts';

test('a name is a file, also one that cannot be asked for', async () => {
	const folder = await temporaryFolder();
	const sink = await openSink(join(folder, 'a.csv'));
	expect(sink).toBeInstanceOf(FileSink);
	await sink.abandon();
	expect(await readdir(folder)).toEqual([]);
	await expect(openSink(folder)).rejects.toThrow('it is a folder');
});

test('standard output, a stream and a device are written into', async () => {
	for (const target of ['-', new PassThrough(), '/dev/null']) {
		const sink = await openSink(target);
		expect(sink).toBeInstanceOf(StreamSink);
		await sink.finish();
	}
});

test.runIf(process.platform === 'linux')('a device that is full is one clear error', async () => {
	const sink = await openSink('/dev/full');
	const writing = (async () => {
		while (await sink.write('x'.repeat(100_000)));
	})();
	await expect(writing).rejects.toThrow('"/dev/full" cannot be written: ENOSPC');
	await sink.abandon();
});
