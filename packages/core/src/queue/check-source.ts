import { InvalidOptionError } from '../errors.ts';
import { shown } from '../shown.ts';
import { errorOf } from '../thrown-error.ts';
import type { RequestSource } from './new-request.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'];
const STRATEGIES: readonly unknown[] = ['all', 'same-domain', 'same-hostname', 'same-origin'];

const isText = (value: unknown): boolean => typeof value === 'string';
const isWhole = (value: unknown): boolean => Number.isSafeInteger(value);
const isCount = (value: unknown): boolean => isWhole(value) && (value as number) >= 0;

/** What each option has to be, and how that is said. */
const RULES: readonly [name: keyof RequestSource, fits: (value: unknown) => boolean, wanted: string][] = [
	['uniqueKey', (value) => isText(value) && value !== '', 'a text'],
	['method', (value) => isText(value) && METHODS.includes((value as string).toUpperCase()), METHODS.join(', ')],
	['label', isText, 'a text'],
	['payload', isText, 'a text'],
	['headers', isObject, 'an object'],
	['userData', isObject, 'an object'],
	['priority', isWhole, 'a whole number'],
	['crawlDepth', isCount, 'a whole number of at least 0'],
	['maxRetries', isCount, 'a whole number of at least 0'],
	['sessionRotationCount', isCount, 'a whole number of at least 0'],
	['enqueueStrategy', (value) => STRATEGIES.includes(value), `one of ${STRATEGIES.join(', ')}`],
	['errorMessages', (value) => Array.isArray(value) && value.every(isText), 'a list of texts'],
];

/**
 * Refuses what could be stored but never be handed out, or could not be stored: here it is the fault of one request,
 * later it would be that of the whole crawl.
 *
 * @throws InvalidOptionError that names the option, its value and the URL.
 */
export function checkSource(source: RequestSource): void {
	for (const [name, fits, wanted] of RULES) {
		const value = source[name];
		if (value === undefined || fits(value)) continue;
		throw new InvalidOptionError(`${name} of the request for ${source.url} must be ${wanted}, got ${shown(value)}.`);
	}
	if (source.payload && (source.method ?? 'GET').toUpperCase() === 'GET') {
		throw new InvalidOptionError(`A GET request has no payload; set method: 'POST' for ${source.url}.`);
	}
}

/** @throws InvalidOptionError for what is no list, nor anything else that can be iterated. */
export function checkSources(call: string, sources: unknown): void {
	if (typeof sources === 'string') {
		throw new InvalidOptionError(`Requests are given as a list: ['${sources}'].`);
	}
	const isIterable = isObject(sources) && (Symbol.iterator in sources || Symbol.asyncIterator in sources);
	if (!isIterable) throw new InvalidOptionError(`${call} takes a list of requests, got ${shown(sources)}.`);
}

/**
 * What is stored of `userData` or `headers`: a copy, so that it is as it was at the call, whatever the caller goes on to do
 * with the object.
 *
 * @throws InvalidOptionError when there is something in it that JSON does not know.
 */
export function jsonCopy<T extends object>(name: 'userData' | 'headers', value: T, url: unknown): T {
	try {
		const copy: unknown = JSON.parse(JSON.stringify(value, withoutCode));
		if (isObject(copy)) return copy as T;
		throw new TypeError(`its toJSON() makes ${shown(copy)} of it`);
	} catch (cause) {
		const reason = errorOf(cause).message.split('\n', 1)[0];
		throw new InvalidOptionError(
			`${name} of the request for ${String(url)} must be of what JSON can hold, such as text, numbers and lists (${reason}).`,
			{ cause },
		);
	}
}

/** JSON would leave them out without a word, and a handler would miss them days later. */
function withoutCode(key: string, value: unknown): unknown {
	if (typeof value !== 'function' && typeof value !== 'symbol') return value;
	throw new TypeError(`${key} is a ${typeof value}`);
}

export function isObject(value: unknown): value is object {
	return typeof value === 'object' && value !== null;
}
