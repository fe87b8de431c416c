import { setImmediate } from 'node:timers/promises';
import type { ExportChunk } from './export-chunk.ts';
import type { ExportSink } from './export-sink.ts';

/** How much was written. */
export interface Written {
	readonly rows: number;
	readonly bytes: number;
	/** False when the reader of a stream went away before its end. */
	readonly isWhole: boolean;
}

/** Writes the pieces one after another, and finishes the sink. When that fails, or is aborted, nothing of it stays. */
export async function writeChunks(
	chunks: Iterable<ExportChunk>,
	sink: ExportSink,
	signal?: AbortSignal,
): Promise<Written> {
	let rows = 0;
	let bytes = 0;
	let isWanted = true;
	try {
		for (const chunk of chunks) {
			// Reading never waits for anything: without this, nobody else would have a turn, signals neither.
			await setImmediate();
			signal?.throwIfAborted();
			if (chunk.bytes.length > 0) isWanted = await sink.write(chunk.bytes);
			if (!isWanted) break;
			rows += chunk.rows;
			bytes += Buffer.byteLength(chunk.bytes);
		}
		signal?.throwIfAborted();
		await sink.finish();
	} catch (error) {
		await sink.abandon();
		throw error;
	}
	return { rows, bytes, isWhole: isWanted };
}
