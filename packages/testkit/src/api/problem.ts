import type { OutgoingHttpHeaders } from 'node:http';
import { STATUS_CODES } from 'node:http';
import type { Reply } from '../server/handler.ts';
import { jsonReply } from '../server/json-reply.ts';

/** What is wrong with a request; an endpoint throws it, the client gets it as a problem in JSON (RFC 9457). */
export class Problem extends Error {
	readonly #status: number;
	readonly #headers: OutgoingHttpHeaders;

	/** @param detail for people; the client sees it. */
	constructor(status: number, detail: string, headers: OutgoingHttpHeaders = {}) {
		super(detail);
		this.name = 'Problem';
		this.#status = status;
		this.#headers = headers;
	}

	reply(): Reply {
		const problem = { type: 'about:blank', title: STATUS_CODES[this.#status], status: this.#status };
		return jsonReply(
			{ ...problem, detail: this.message },
			{ status: this.#status, headers: { 'Content-Type': 'application/problem+json', ...this.#headers } },
		);
	}
}
