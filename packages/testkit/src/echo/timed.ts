import type { Handler } from '../server/handler.ts';
import { sendReply } from '../server/handler.ts';
import { jsonReply } from '../server/json-reply.ts';
import { pause } from '../server/pause.ts';
import { pathNumber, queryNumber } from './parameters.ts';

const hour = 3_600_000;

/** `/delay/<ms>`: nothing for so long, then a whole answer. */
export const delay: Handler = async (_, response, url) => {
	const delayMs = pathNumber(url, 0, hour);
	await pause(delayMs, response);
	sendReply(response, jsonReply({ delayMs }));
};

/** `/drip/<n>?ms=100`: n lines, each a chunk of its own, so many milliseconds apart; the first comes at once. */
export const drip: Handler = async (_, response, url) => {
	const chunks = pathNumber(url, 0, 1_000_000);
	const ms = queryNumber(url, 'ms', 100, 0, hour);
	response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8' });
	for (let n = 1; n <= chunks && !response.destroyed; n += 1) {
		if (n > 1) await pause(ms, response);
		response.write(`${n}\n`);
	}
	response.end();
};
