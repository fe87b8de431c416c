import { PassThrough, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setImmediate } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { StreamSink } from '../../src/export/stream-sink.ts';

const OURS = { name: 'the stream', ends: true };

function fails(code: string): Writable {
	return new Writable({
		write: (_chunk, _encoding, done) => done(Object.assign(new Error(`${code}: it failed`), { code })),
	});
}

test('all of it arrives, and the stream is ended', async () => {
	const stream = new PassThrough();
	const read = text(stream);
	const sink = new StreamSink(stream, OURS);
	expect(await sink.write('a')).toBe(true);
	expect(await sink.write(Buffer.from('b'))).toBe(true);
	await sink.finish();
	expect(await read).toBe('ab');
});

test('standard output is not ended, but all of it is passed on', async () => {
	const written: string[] = [];
	const slow = new Writable({
		decodeStrings: false,
		write(chunk: string, _encoding, done) {
			setTimeout(() => {
				written.push(chunk);
				done();
			}, 5);
		},
	});
	const sink = new StreamSink(slow, { name: 'standard output', ends: false });
	await sink.write('a');
	await sink.finish();
	expect(written.join('')).toBe('a');
	expect(slow.writableEnded).toBe(false);
	expect(slow.listenerCount('error')).toBe(0);
});

test('nothing is written faster than it is read', async () => {
	const stream = new PassThrough({ highWaterMark: 10 });
	const sink = new StreamSink(stream, OURS);
	let isWritten = false;
	const writing = sink.write('x'.repeat(100)).then((isWanted) => {
		isWritten = true;
		return isWanted;
	});
	for (let turn = 0; turn < 10; turn += 1) await setImmediate();
	expect(isWritten).toBe(false);
	stream.resume();
	expect(await writing).toBe(true);
});

describe('a reader who goes away', () => {
	test('has had enough', async () => {
		const sink = new StreamSink(fails('EPIPE'), OURS);
		await sink.write('a');
		await setImmediate();
		expect(await sink.write('b')).toBe(false);
		await sink.finish();
	});

	test('is noticed while the stream is full', async () => {
		const stream = new PassThrough({ highWaterMark: 1 });
		const sink = new StreamSink(stream, OURS);
		const writing = sink.write('abc');
		stream.destroy();
		expect(await writing).toBe(false);
		await sink.finish();
	});
});

test('a stream that fails is an error with its reason', async () => {
	const sink = new StreamSink(fails('ENOSPC'), OURS);
	const failed = { name: 'StorageError', code: 'ORB_OUTPUT_WRITE_FAILED' };
	const error: unknown = await sink.write('a'.repeat(100_000)).catch((reason: unknown) => reason);
	expect(error).toMatchObject(failed);
	expect((error as Error).message).toBe(
		'"the stream" cannot be written: ENOSPC: it failed. The rows are in the storage; make room on the disk and export again.',
	);
	await sink.abandon();
	// Whatever the stream says afterwards has somebody who listens.
	await setImmediate();
});

test('an abort ends the wait for a reader who does not read', async () => {
	const stream = new PassThrough({ highWaterMark: 1 });
	const stop = new AbortController();
	const sink = new StreamSink(stream, { ...OURS, signal: stop.signal });
	const writing = sink.write('abc');
	stop.abort(new Error('stopped'));
	await writing;
	await expect(sink.finish()).rejects.toThrow('stopped');
	await sink.abandon();
	expect(stream.destroyed).toBe(true);
});
