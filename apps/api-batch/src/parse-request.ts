import { nearestName, type RequestHeaders } from '@orbweaver/http';
import type { ApiRequest, QueryValue } from './api-request.ts';
import { parseExactly } from './exact-json.ts';

/** What a line comes to: a request, or what is wrong with it. */
export type ParsedLine =
	| { readonly request: ApiRequest }
	| { readonly problem: string; readonly id: string | number | undefined };

/** What is wrong with a line; the beginning of the sentence names the file and the line. */
class Problem extends Error {}

const NAMES = ['id', 'method', 'path', 'url', 'query', 'headers', 'json'];

/** Of RFC 9110 §9.1, in the letters that every registered method has. */
const METHOD = /^[A-Za-z]{1,32}$/;

/**
 * Reads one line of the input.
 *
 * @param baseUrl ends in `/`; a `path` leads below it.
 */
export function parseRequest(text: string, line: number, baseUrl: string): ParsedLine {
	let id: string | number | undefined;
	try {
		const fields = parseObject(text);
		id = idOf(fields.id);
		const unknown = Object.keys(fields).find((name) => !NAMES.includes(name));
		if (unknown !== undefined) {
			throw new Problem(`has "${unknown}": did you mean "${nearestName(unknown, NAMES)}"? Names: ${NAMES.join(', ')}.`);
		}
		const { query } = fields;
		return {
			request: {
				...(id !== undefined && { id }),
				line,
				method: methodOf(fields.method),
				url: urlOf(fields, baseUrl),
				...(query !== undefined && { query: queryOf(query) }),
				headers: headersOf(fields.headers),
				...(fields.json !== undefined && { json: [(parseExactly(text) as { json: unknown }).json] as const }),
			},
		};
	} catch (error) {
		if (error instanceof Problem) return { problem: error.message, id };
		throw error;
	}
}

function parseObject(text: string): Readonly<Record<string, unknown>> {
	let value: unknown;
	try {
		value = JSON.parse(text);
	} catch (error) {
		// The rest of the message quotes the line, in which there may be secrets.
		const reason = error instanceof Error ? error.message.replace(/, (\.\.\.)?".*$/s, '') : String(error);
		throw new Problem(`is not JSON: ${reason}.`);
	}
	if (isObject(value)) return value;
	throw new Problem('is not a JSON object, such as {"path": "items/1"}.');
}

function idOf(id: unknown): string | number | undefined {
	if (id === undefined || (typeof id === 'string' && id !== '') || Number.isSafeInteger(id)) {
		return id as string | number | undefined;
	}
	throw new Problem('has an "id" that is no text and no whole number up to 2^53: write it as text.');
}

function methodOf(method: unknown = 'GET'): string {
	if (typeof method === 'string' && METHOD.test(method)) return method.toUpperCase();
	throw new Problem(`has the "method" ${shown(method)}, which is none: one is text such as "POST".`);
}

function urlOf({ path, url }: Readonly<Record<string, unknown>>, baseUrl: string): string {
	if ((path === undefined) === (url === undefined)) {
		throw new Problem('must have a "path", which leads on from the base URL, or a "url", which is absolute.');
	}
	if (path === undefined) return absoluteUrl(url);
	if (typeof path !== 'string')
		throw new Problem(`has a "path" that is ${kindOf(path)} and no text such as "items/1".`);
	// "/items" means what "items" does, or a base URL with a path of its own would lose it.
	const below = URL.parse(path.replace(/^\/+/, ''), baseUrl);
	if (below?.href.startsWith(baseUrl)) return below.href;
	if (/^[a-z][a-z\d+.-]*:\/\//i.test(path)) {
		throw new Problem(`has a "path" that is an absolute URL and not below ${baseUrl}: use "url" for one.`);
	}
	throw new Problem(`has a "path" that does not lead to anything below ${baseUrl}.`);
}

function absoluteUrl(url: unknown): string {
	const parsed = typeof url === 'string' ? URL.parse(url) : null;
	if (parsed?.protocol === 'http:' || parsed?.protocol === 'https:') return parsed.href;
	throw new Problem('has a "url" that is not an absolute http(s) URL; use "path" for one below the base URL.');
}

function queryOf(query: unknown): Readonly<Record<string, QueryValue>> {
	if (!isObject(query)) throw new Problem('has a "query" that is not an object of names and values.');
	for (const [name, value] of Object.entries(query)) {
		if (value === null || (Array.isArray(value) ? value : [value]).every(isPlain)) continue;
		throw new Problem(
			`has a "query" whose "${name}" is no text, exact number or boolean, nor a list of these: write it as text.`,
		);
	}
	return query as Readonly<Record<string, QueryValue>>;
}

function isPlain(value: unknown): boolean {
	if (typeof value === 'number') return Number.isSafeInteger(value) || !Number.isInteger(value);
	return typeof value === 'string' || typeof value === 'boolean';
}

function headersOf(headers: unknown = {}): RequestHeaders {
	if (!isObject(headers)) throw new Problem('has "headers" that are not an object of names and values.');
	for (const [name, value] of Object.entries(headers)) {
		if (typeof value === 'string' || (Array.isArray(value) && value.every((item) => typeof item === 'string')))
			continue;
		throw new Problem(`has a header "${name}" that is neither text nor a list of texts.`);
	}
	return headers as RequestHeaders;
}

function shown(value: unknown): string {
	const text = JSON.stringify(value);
	return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}

function kindOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : `a ${typeof value}`;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}
