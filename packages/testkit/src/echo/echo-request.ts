import type { IncomingHttpHeaders } from 'node:http';
import { buffer } from 'node:stream/consumers';
import type { Handler } from '../server/handler.ts';
import { sendReply } from '../server/handler.ts';
import { jsonReply } from '../server/json-reply.ts';

/** A request as it arrived: the JSON that `/echo` answers. */
export interface EchoedRequest {
	readonly method: string;
	/** The request target as sent: path and query. */
	readonly url: string;
	/** By lower-case name; repeated fields are joined the way `node:http` does it. */
	readonly headers: IncomingHttpHeaders;
	/** Names and values in turn, in the order and spelling in which they came. */
	readonly rawHeaders: readonly string[];
	readonly body: {
		/** Read as UTF-8. */
		readonly text: string;
		readonly base64: string;
		/** Its length. */
		readonly bytes: number;
	};
}

/** Answers with the request. */
export const echoRequest: Handler = async (request, response) => {
	const body = await buffer(request);
	const { method = '', url = '', headers, rawHeaders } = request;
	const echoed: EchoedRequest = {
		method,
		url,
		headers,
		rawHeaders,
		body: { text: body.toString('utf8'), base64: body.toString('base64'), bytes: body.byteLength },
	};
	sendReply(response, jsonReply(echoed));
};
