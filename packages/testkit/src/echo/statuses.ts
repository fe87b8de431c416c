import { STATUS_CODES } from 'node:http';
import type { Handler, Reply } from '../server/handler.ts';
import { sendReply } from '../server/handler.ts';
import { jsonReply } from '../server/json-reply.ts';
import { pathNumber, queryNumber } from './parameters.ts';

/** `/status/<code>?retryAfter=`: that status, with its reason in a JSON body. */
export const status: Handler = (_, response, url) => {
	const code = pathNumber(url, 200, 599);
	sendReply(response, jsonReply({ status: code, reason: STATUS_CODES[code] ?? '' }, failure(url, code)));
};

/**
 * `/flaky/<key>?fail=1&status=503&retryAfter=`: fails so often for that key, then 200. The JSON tells which attempt
 * this was. A key is whatever follows, so that each test can have its own.
 */
export function flaky(): Handler {
	const attempts = new Map<string, number>();
	return (_, response, url) => {
		const attempt = (attempts.get(url.pathname) ?? 0) + 1;
		attempts.set(url.pathname, attempt);
		const fails = attempt <= queryNumber(url, 'fail', 1, 0, 1_000_000);
		const answer = fails ? failure(url, queryNumber(url, 'status', 503, 200, 599)) : {};
		sendReply(response, jsonReply({ attempt }, answer));
	};
}

/** `retryAfter` goes out as it came in: seconds, an HTTP date, or something that is neither. */
function failure(url: URL, code: number): Omit<Reply, 'body'> {
	const retryAfter = url.searchParams.get('retryAfter');
	return { status: code, headers: retryAfter === null ? {} : { 'Retry-After': retryAfter } };
}
