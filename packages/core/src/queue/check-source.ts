import { InvalidOptionError } from '../errors.ts';
import type { RequestData } from '../store/crawl-store.ts';
import type { RequestSource } from './new-request.ts';

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'CONNECT'];

const isText = (value: unknown): boolean => typeof value === 'string';
const isWhole = (value: unknown): boolean => Number.isSafeInteger(value);
const isCount = (value: unknown): boolean => isWhole(value) && (value as number) >= 0;
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

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
		throw new InvalidOptionError(`${name} of the request for ${source.url} must be ${wanted}, got ${String(value)}.`);
	}
	if (source.payload && (source.method ?? 'GET').toUpperCase() === 'GET') {
		throw new InvalidOptionError(`A GET request has no payload; set method: 'POST' for ${source.url}.`);
	}
}

/** @throws InvalidOptionError when there is something in it that JSON does not know. */
export function storable(data: RequestData, url: unknown): RequestData {
	try {
		JSON.stringify(data);
		return data;
	} catch (cause) {
		const reason = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
		throw new InvalidOptionError(
			`userData of the request for ${String(url)} must be of what JSON can hold, such as text, numbers and lists (${reason}).`,
			{ cause },
		);
	}
}
