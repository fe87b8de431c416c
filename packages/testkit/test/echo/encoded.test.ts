import { get } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { TestServer } from '../../src/index.ts';
import { startEcho } from '../../src/index.ts';

/** The bytes of the body as they were sent, and the coding that the head names. */
function undecoded(server: TestServer, path: string): Promise<{ readonly coding: string; readonly body: Buffer }> {
	return new Promise((resolve, reject) => {
		const request = get(server.url + path, (response) => {
			const coding = String(response.headers['content-encoding']);
			buffer(response).then((body) => resolve({ coding, body }), reject);
		});
		request.on('error', reject);
	});
}

test.each([
	['/gzip', 'gzip', gunzipSync],
	['/br', 'br', brotliDecompressSync],
	['/zstd', 'zstd', zstdDecompressSync],
	['/deflate', 'deflate', inflateSync],
	['/deflate?raw', 'deflate', inflateRawSync],
] as const)('%s is JSON in %s', async (path, coding, decode) => {
	await using echo = await startEcho();
	const answer = await undecoded(echo, path);
	expect(answer.coding).toBe(coding);
	const decoded = decode(answer.body);
	expect(decoded.byteLength).toBeGreaterThan(answer.body.byteLength * 10);
	expect(JSON.parse(decoded.toString())).toEqual({
		coding,
		acceptEncoding: null,
		text: expect.stringMatching(/^(Once more with feeling\. ){100}$/),
	});
});

test('what the client says it takes is shown', async () => {
	await using echo = await startEcho();
	const response = await fetch(`${echo.url}/gzip`, { headers: { 'accept-encoding': 'identity' } });
	expect(await response.json()).toMatchObject({ coding: 'gzip', acceptEncoding: 'identity' });
});
