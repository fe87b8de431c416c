import type { IncomingMessage } from 'node:http';
import type { Handler, Reply } from '../server/handler.ts';
import { sendReply } from '../server/handler.ts';
import { pause } from '../server/pause.ts';
import { Problem } from './problem.ts';

/** Decides on the answer to a request; it may throw a `Problem`. */
export type Decide = (request: IncomingMessage, url: URL) => Reply | Promise<Reply>;

/**
 * The handler that sends what `decide` comes to. The work is done before the delay, so that a client which gives up
 * meanwhile has to find out what became of its request.
 */
export function replyHandler(decide: Decide, delayMs = 0): Handler {
	return async (request, response, url) => {
		const reply = await replyOf(decide, request, url);
		if (delayMs > 0) await pause(delayMs, response);
		sendReply(response, reply);
	};
}

async function replyOf(decide: Decide, request: IncomingMessage, url: URL): Promise<Reply> {
	try {
		return await decide(request, url);
	} catch (error) {
		if (error instanceof Problem) return error.reply();
		throw error;
	}
}
