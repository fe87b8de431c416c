import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';
import type { ExportSink } from './export-sink.ts';
import { FileSink, findFile } from './file-sink.ts';
import { StreamSink } from './stream-sink.ts';

/**
 * Opens where an export goes: a file by its name, standard output for `'-'`, or a stream.
 *
 * @throws StorageError when there can be no file of that name.
 */
export async function openSink(target: string | Writable, signal?: AbortSignal): Promise<ExportSink> {
	if (typeof target !== 'string') return new StreamSink(target, { name: 'the stream', ends: true, signal });
	if (target === '-') return new StreamSink(process.stdout, { name: 'standard output', ends: false, signal });
	const found = await findFile(target).catch(() => undefined);
	const isDevice = found !== undefined && !found.stats.isFile() && !found.stats.isDirectory();
	if (!isDevice) return await FileSink.open(target);
	// A pipe or /dev/null cannot be replaced, only written into.
	return new StreamSink(createWriteStream(target), { name: target, ends: true, signal });
}
