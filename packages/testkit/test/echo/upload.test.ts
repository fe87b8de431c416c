import { createHash } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { generatedBytes, startEcho } from '../../src/index.ts';

const data = Buffer.from(generatedBytes(1, 0, 2_500_000));
const sha256 = createHash('sha256').update(data).digest('hex');

function stream(bytes: Buffer): ReadableStream<Uint8Array> {
	let offset = 0;
	return new ReadableStream({
		pull(controller) {
			if (offset >= bytes.length) return controller.close();
			controller.enqueue(bytes.subarray(offset, offset + 99_999));
			offset += 99_999;
		},
	});
}

test('a body of known length is counted and hashed', async () => {
	await using echo = await startEcho();
	const headers = { 'content-type': 'application/x-own' };
	const response = await fetch(`${echo.url}/upload`, { method: 'PUT', body: data, headers });
	expect(await response.json()).toEqual({
		bytes: data.length,
		sha256,
		contentLength: String(data.length),
		transferEncoding: null,
		contentType: 'application/x-own',
	});
});

test('a body in chunks is counted and hashed', async () => {
	await using echo = await startEcho();
	const response = await fetch(`${echo.url}/upload`, { method: 'POST', body: stream(data), duplex: 'half' });
	expect(await response.json()).toEqual({
		bytes: data.length,
		sha256,
		contentLength: null,
		transferEncoding: 'chunked',
		contentType: null,
	});
});

test('no body is a body of nothing', async () => {
	await using echo = await startEcho();
	expect(await (await fetch(`${echo.url}/upload`)).json()).toMatchObject({
		bytes: 0,
		sha256: createHash('sha256').digest('hex'),
	});
});

test('an upload that breaks off is no success', async () => {
	await using echo = await startEcho();
	const upload = httpRequest(`${echo.url}/upload`, { method: 'POST', headers: { 'content-length': '1000' } });
	upload.on('error', () => undefined);
	upload.write('half');
	while (echo.log.inFlight === 0) await sleep(1);
	upload.destroy();
	while (echo.log.inFlight > 0) await sleep(1);
	expect(echo.log.requests.map(({ status }) => status)).not.toContain(200);
});
