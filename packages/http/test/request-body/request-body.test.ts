import { createHash, randomBytes } from 'node:crypto';
import { openAsBlob } from 'node:fs';
import { mkdtemp, open, rm } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Dispatcher, Pool, FormData as UndiciFormData } from 'undici';
import { expect, it, onTestFinished } from 'vitest';
import { BodySourceError } from '../../src/request-body/body-source-error.ts';
import { type BodyOptions, makeBody } from '../../src/request-body/make-body.ts';

const MIB = 1024 * 1024;

interface Received {
	readonly headers: IncomingHttpHeaders;
	readonly bytes: number;
	readonly sha256: string;
	readonly start: Buffer;
}

/** Reads what is sent; `onPiece` may take its time. */
async function receive(request: IncomingMessage, onPiece?: (bytes: number) => Promise<void> | void): Promise<Received> {
	const hash = createHash('sha256');
	const start: Buffer[] = [];
	let bytes = 0;
	for await (const piece of request as AsyncIterable<Buffer>) {
		if (bytes < MIB) start.push(piece);
		bytes += piece.length;
		hash.update(piece);
		await onPiece?.(bytes);
	}
	return { headers: request.headers, bytes, sha256: hash.digest('hex'), start: Buffer.concat(start) };
}

/** A server that notes what it receives, and a pool of connections to it. */
async function connect(
	onPiece?: (bytes: number) => Promise<void> | void,
): Promise<{ pool: Pool; received: Received[] }> {
	const received: Received[] = [];
	const server = createServer((request, response) => {
		receive(request, onPiece).then(
			(one) => {
				received.push(one);
				response.end('thanks');
			},
			() => response.destroy(),
		);
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const pool = new Pool(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
	onTestFinished(async () => {
		await pool.destroy();
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
	});
	return { pool, received };
}

/** Sends as the client does: what is known of the length and the type goes into the headers. */
async function send(pool: Pool, options: BodyOptions, times = 1): Promise<void> {
	const body = makeBody(options);
	if (body === undefined) throw new Error('There is no body.');
	const headers = {
		...(body.contentType !== undefined && { 'content-type': body.contentType }),
		...(body.length !== undefined && { 'content-length': String(body.length) }),
	};
	for (let time = 0; time < times; time++) {
		const response = await pool.request({ method: 'POST', path: '/', headers, body: body.open() });
		expect(await response.body.text()).toBe('thanks');
	}
}

const sha256 = (bytes: string | Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

it('arrives byte for byte, with its length where it is known and in chunks where not', async () => {
	const { pool, received } = await connect();
	const bytes = randomBytes(MIB + 1);
	const small = randomBytes(1_000);
	const sources: [BodyOptions, Uint8Array | string][] = [
		[{ json: { a: 'Ł' } }, '{"a":"Ł"}'],
		[{ form: { a: 'ü', b: [1, 2] } }, 'a=%C3%BC&b=1&b=2'],
		[{ body: '' }, ''],
		[{ body: 'Ł'.repeat(400_000) }, 'Ł'.repeat(400_000)],
		[{ body: small }, small],
		[{ body: bytes }, bytes],
		[{ body: new Blob([bytes]) }, bytes],
		[{ body: new Blob([]) }, ''],
	];
	for (const [options, expected] of sources) {
		await send(pool, options, 2);
		for (const one of received.splice(0)) {
			expect(one).toMatchObject({ bytes: Buffer.byteLength(expected), sha256: sha256(expected) });
			expect(one.headers['content-length']).toBe(String(one.bytes));
		}
	}
	const streams: [BodyOptions, number][] = [
		[{ body: Readable.from([bytes]) }, 1],
		[{ body: new Blob([bytes]).stream() }, 1],
		[{ body: () => Readable.from([bytes.subarray(0, 7), '', bytes.subarray(7)]) }, 2],
	];
	for (const [options, times] of streams) {
		await send(pool, options, times);
		for (const one of received.splice(0)) {
			expect(one).toMatchObject({ bytes: bytes.length, sha256: sha256(bytes) });
			expect(one.headers).toMatchObject({ 'transfer-encoding': 'chunked' });
		}
	}
});

it('a form of any implementation arrives as it was, and can be sent again', async () => {
	const { pool, received } = await connect();
	for (const form of [new FormData(), new UndiciFormData()]) {
		form.append('quo"ted\r\nname', 'Ł\r\n--x--\r\n');
		form.append('file', new File([randomBytes(200_000)], 'naïve "Ł" 😀.bin', { type: 'image/png' }));
		form.append('empty', new File([], 'empty.txt'));
		const sent = [...form].map(([name, value]) => [name, value] as const);
		await send(pool, { multipart: form as FormData }, 2);
		for (const one of received.splice(0)) {
			expect(one.headers['content-length']).toBe(String(one.bytes));
			const headers = { 'content-type': one.headers['content-type'] ?? '' };
			const parsed = [...(await new Response(new Uint8Array(one.start), { headers }).formData())];
			expect(parsed.map(([name]) => name)).toEqual(['quo"ted\r\nname', 'file', 'empty']);
			for (const [i, [, value]] of sent.entries()) {
				const found = parsed[i]?.[1];
				if (typeof value === 'string') expect(found).toBe(value);
				else {
					if (!(found instanceof File)) throw new Error(`Part ${i} is no file.`);
					expect([found.name, found.type]).toEqual([(value as File).name, value.type || 'application/octet-stream']);
					expect(sha256(await found.bytes())).toBe(sha256(await (value as File).bytes()));
				}
			}
		}
	}
});

it('a file of 50 MB is streamed from disk at the pace of the server, alone and in a form', async () => {
	const directory = await mkdtemp(join(tmpdir(), 'orbweaver-body-'));
	onTestFinished(() => rm(directory, { recursive: true }));
	const path = join(directory, 'file.bin');
	const hash = createHash('sha256');
	const file = await open(path, 'w');
	for (let i = 0; i < 50; i++) {
		const piece = randomBytes(MIB);
		hash.update(piece);
		await file.write(piece);
	}
	await file.close();

	setFlagsFromString('--expose-gc');
	const collectGarbage = runInNewContext('gc') as () => void;
	let most = 0;
	let nextLook = MIB;
	const { pool, received } = await connect(async (bytes) => {
		if (bytes < nextLook) return;
		nextLook = bytes + 16 * MIB;
		await sleep(300); // Time to read ahead, were it not held back.
		collectGarbage();
		most = Math.max(most, process.memoryUsage().arrayBuffers);
	});
	collectGarbage();
	const before = process.memoryUsage().arrayBuffers;
	await send(pool, { body: await openAsBlob(path) });
	nextLook = MIB;
	await send(pool, { multipart: { file: await openAsBlob(path) } });
	expect(received[0]).toMatchObject({ bytes: 50 * MIB, sha256: hash.digest('hex') });
	expect(received[1]?.bytes).toBeGreaterThan(50 * MIB);
	expect(received[1]?.headers['content-length']).toBe(String(received[1]?.bytes));
	// What is held while it is under way: a few buffers, and the first MiB that the server keeps. Not the file. The tests
	// before this one share its process and may leave something behind.
	expect(most).toBeGreaterThan(0);
	expect(most - before).toBeLessThan(45 * MIB);
});

it('the error of a stream reaches the one who dispatched it', async () => {
	const { pool } = await connect();
	const cause = new Error('the tape is torn');
	async function* torn(): AsyncGenerator<string> {
		yield 'a'.repeat(100_000);
		throw cause;
	}
	const body = makeBody({ body: torn() });
	const error = await new Promise<Error>((resolve, reject) => {
		const handler: Dispatcher.DispatchHandler = {
			onRequestStart() {},
			onResponseStart() {},
			onResponseData() {},
			onResponseEnd: () => reject(new Error('There was a response.')),
			onResponseError: (_controller, failure) => resolve(failure),
		};
		pool.dispatch({ method: 'POST', path: '/', body: body?.open() ?? null }, handler);
	});
	expect(error).toBeInstanceOf(BodySourceError);
	expect(error.cause).toBe(cause);
});

it('a request that ends early lets go of its stream', async () => {
	const { pool } = await connect();
	const source = new Readable({ read() {} });
	source.push('the first piece, and no second one');
	const body = makeBody({ body: source });
	const controller = new AbortController();
	const closed = new Promise<void>((resolve) => source.once('close', resolve));
	const failed = pool.request({
		method: 'POST',
		path: '/',
		body: body?.open() ?? null,
		signal: controller.signal,
	});
	await new Promise((resolve) => setImmediate(resolve));
	controller.abort(new Error('enough'));
	await expect(failed).rejects.toThrow('enough');
	await closed;
	expect(source.destroyed).toBe(true);
});
