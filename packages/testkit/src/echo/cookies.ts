import type { Handler } from '../server/handler.ts';
import { sendReply } from '../server/handler.ts';
import { jsonReply } from '../server/json-reply.ts';
import { fromField, toField } from './field-text.ts';

/** What `/cookies` answers. */
export interface ReceivedCookies {
	/** The `Cookie` field as it came; `null` if none did. */
	readonly header: string | null;
	/** By name; of two with the same name the first, which is the one with the longer path (RFC 6265 section 5.4). */
	readonly cookies: Readonly<Record<string, string>>;
}

/**
 * `/cookies/set?name=value&other=value`: one `Set-Cookie` for each, good for the whole site. A value with attributes
 * of its own (`1; Max-Age=5; Path=/a`) goes out as it is.
 */
export const setCookies: Handler = (_, response, url) => {
	const cookies = [...url.searchParams].map(([name, value]) =>
		toField(`${name}=${value}${value.includes(';') ? '' : '; Path=/'}`),
	);
	sendReply(response, jsonReply({ set: cookies.map(fromField) }, { headers: { 'Set-Cookie': cookies } }));
};

/** `/cookies`: what the client sent. */
export const showCookies: Handler = (request, response) => {
	const field = request.headers.cookie;
	const header = field === undefined ? null : fromField(field);
	const received: ReceivedCookies = { header, cookies: Object.fromEntries(pairsOf(header ?? '').reverse()) };
	sendReply(response, jsonReply(received));
};

function pairsOf(header: string): [name: string, value: string][] {
	const pairs = header.split(';').map((pair) => pair.trim());
	return pairs
		.filter((pair) => pair !== '')
		.map((pair) => {
			const equals = pair.indexOf('=');
			return equals === -1 ? ['', pair] : [pair.slice(0, equals), pair.slice(equals + 1)];
		});
}
