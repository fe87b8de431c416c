import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { InvalidRequestError } from '../../src/errors.ts';
import { BodySourceError } from '../../src/request-body/body-source-error.ts';
import { asBytes, type PieceSource, SourceStream } from '../../src/request-body/source-stream.ts';
import { rejection, until } from '../support/until.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function* pieces(...values: unknown[]): AsyncGenerator<string> {
	for (const value of values) yield value as string;
}

const read = async (source: PieceSource): Promise<string> => (await buffer(new SourceStream(source))).toString();

describe('what it reads', () => {
	it('text, bytes and empty pieces', async () => {
		const bytes = new Uint8Array([66, 67]);
		expect(await read(pieces('A', '', bytes, bytes.buffer, new Uint8Array(), new DataView(bytes.buffer, 1), 'Ł'))).toBe(
			'ABCBCCŁ',
		);
		expect(await read(pieces())).toBe('');
	});

	it('Node streams and web streams', async () => {
		expect(await read(Readable.from(['a', 'b']))).toBe('ab');
		expect(await read(Readable.from([Buffer.from('a'), Buffer.from('b')], { objectMode: false }))).toBe('ab');
		expect(await read(new Blob(['a', 'b']).stream())).toBe('ab');
	});

	it('asks for no more than is wanted', async () => {
		let given = 0;
		async function* endless(): AsyncGenerator<Uint8Array> {
			for (;;) {
				given += 1;
				yield new Uint8Array(16 * 1024);
			}
		}
		const stream = new SourceStream(endless());
		stream.read(0);
		for (let i = 0; i < 50; i++) await turn();
		expect(given * 16 * 1024).toBeLessThanOrEqual(stream.readableHighWaterMark + 16 * 1024);
		stream.destroy();
	});
});

describe('what fails', () => {
	it('says which error the source had', async () => {
		const cause = new RangeError('bad sector');
		async function* failing(): AsyncGenerator<string> {
			yield 'a';
			throw cause;
		}
		const error = await rejection(read(failing()));
		expect(error).toBeInstanceOf(BodySourceError);
		expect(error).toMatchObject({ cause, message: 'The body could not be read: bad sector' });
	});

	it('of a Node stream that failed before anybody read it', async () => {
		const source = new Readable({ read() {} });
		const cause = new Error('no such file');
		source.on('error', () => undefined);
		source.destroy(cause);
		await until(() => source.closed);
		expect(await rejection(read(source))).toMatchObject({ cause });
	});

	it('pieces of other types', async () => {
		const error = await rejection(read(pieces('a', 7)));
		expect(error).toBeInstanceOf(InvalidRequestError);
		expect(error).toMatchObject({ message: 'The stream "body" gave a piece of type number: give strings or bytes.' });
	});
});

describe('when the request ends early', () => {
	it('destroys a Node stream, read or not', async () => {
		for (const isRead of [false, true]) {
			const source = new Readable({ read() {} });
			const stream = new SourceStream(source);
			if (isRead) stream.read(0);
			stream.destroy();
			await once(source, 'close');
			expect(source.destroyed).toBe(true);
		}
	});

	it('ends an iterator that is between two pieces, and cancels a web stream', async () => {
		let ended = false;
		async function* endless(): AsyncGenerator<Uint8Array> {
			try {
				for (;;) yield new Uint8Array(64 * 1024);
			} finally {
				ended = true;
			}
		}
		const stream = new SourceStream(endless());
		stream.read(0);
		await once(stream, 'readable');
		stream.destroy(new Error('aborted')).on('error', () => undefined);
		await turn();
		expect(ended).toBe(true);

		let cancelled = false;
		const web = new ReadableStream<Uint8Array>({
			pull: (controller) => controller.enqueue(new Uint8Array(64 * 1024)),
			cancel: () => {
				cancelled = true;
			},
		});
		const ofWeb = new SourceStream(web);
		ofWeb.read(0);
		await once(ofWeb, 'readable');
		ofWeb.destroy();
		await turn();
		expect(cancelled).toBe(true);
	});

	it('does not mind an iterator that fails as it is ended', async () => {
		const stream = new SourceStream({
			[Symbol.asyncIterator]: () => ({
				next: () => Promise.resolve({ done: false, value: 'a'.repeat(70_000) }),
				return: () => Promise.reject(new Error('cannot end')),
			}),
		});
		stream.read(0);
		await once(stream, 'readable');
		stream.destroy();
		await once(stream, 'close');
		await turn();
	});
});

it('takes any view of bytes for what it shows', () => {
	const { buffer: whole } = new Uint8Array([1, 2, 3, 4]);
	expect(asBytes(new Uint16Array(whole, 2, 1))).toEqual(new Uint8Array([3, 4]));
	expect(asBytes(whole)).toEqual(new Uint8Array([1, 2, 3, 4]));
	expect(asBytes('text')).toBeUndefined();
});
