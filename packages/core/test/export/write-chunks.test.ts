import { describe, expect, test } from 'vitest';
import type { ExportChunk } from '../../src/export/export-chunk.ts';
import type { ExportSink } from '../../src/export/export-sink.ts';
import { writeChunks } from '../../src/export/write-chunks.ts';

/** A sink that notes what is done with it. */
function noted(write: (text: string) => boolean = () => true): ExportSink & { readonly notes: string[] } {
	const notes: string[] = [];
	return {
		notes,
		async write(bytes) {
			notes.push(String(bytes));
			return write(String(bytes));
		},
		async finish() {
			notes.push('finish');
		},
		async abandon() {
			notes.push('abandon');
		},
	};
}

function* chunks(count: number): Generator<ExportChunk> {
	yield { bytes: '', rows: 0 };
	for (let index = 0; index < count; index += 1) yield { bytes: `ü${index}`, rows: 10 };
}

test('all of it is written, counted and finished', async () => {
	const sink = noted();
	expect(await writeChunks(chunks(2), sink)).toEqual({ rows: 20, bytes: 6, isWhole: true });
	expect(sink.notes).toEqual(['ü0', 'ü1', 'finish']);
});

test('it ends where nobody wants more', async () => {
	const sink = noted((text) => text !== 'ü1');
	expect(await writeChunks(chunks(9), sink)).toEqual({ rows: 10, bytes: 3, isWhole: false });
	expect(sink.notes).toEqual(['ü0', 'ü1', 'finish']);
});

describe('nothing stays', () => {
	test('when a write fails', async () => {
		const sink = noted(() => {
			throw new Error('full');
		});
		await expect(writeChunks(chunks(2), sink)).rejects.toThrow('full');
		expect(sink.notes).toEqual(['ü0', 'abandon']);
	});

	test('when the rows fail', async () => {
		const sink = noted();
		const broken = function* (): Generator<ExportChunk> {
			yield { bytes: 'a', rows: 1 };
			throw new Error('damaged');
		};
		await expect(writeChunks(broken(), sink)).rejects.toThrow('damaged');
		expect(sink.notes).toEqual(['a', 'abandon']);
	});

	test('after an abort, which has its turn between any two pieces', async () => {
		const stop = new AbortController();
		const sink = noted();
		setImmediate(() => stop.abort('Ctrl-C'));
		const endless = function* (): Generator<ExportChunk> {
			for (;;) yield { bytes: '', rows: 0 };
		};
		await expect(writeChunks(endless(), sink, stop.signal)).rejects.toBe('Ctrl-C');
		expect(sink.notes).toEqual(['abandon']);
	});
});
