import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { generatedBytes } from '../files/generated-bytes.ts';
import type { Handler } from '../server/handler.ts';
import { pathNumber, queryNumber } from './parameters.ts';

const stepBytes = 64 * 1024;

/** `/bytes/<n>?seed=1`: the first n of `generatedBytes`, made while they are sent. */
export const bytes: Handler = async (request, response, url) => {
	const length = pathNumber(url, 0, 1_000_000_000_000);
	const seed = queryNumber(url, 'seed', 1, 0, 1_000_000_000);
	response.writeHead(200, { 'Content-Type': 'application/octet-stream', 'Content-Length': length });
	if (request.method === 'HEAD') response.end();
	else await pipeline(Readable.from(steps(seed, length), { objectMode: false }), response);
};

function* steps(seed: number, length: number): Generator<Uint8Array> {
	for (let offset = 0; offset < length; offset += stepBytes) {
		yield generatedBytes(seed, offset, Math.min(stepBytes, length - offset));
	}
}
