import { InvalidOptionError } from '../errors.ts';
import { shown } from '../shown.ts';
import type { EnqueueLinksOptions } from './enqueue-links.ts';

const isText = (value: unknown): boolean => typeof value === 'string';
const isFilledText = (value: unknown): boolean => isText(value) && value !== '';
const isFunction = (value: unknown): boolean => typeof value === 'function';
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value);
const isList = (value: unknown): boolean => Array.isArray(value);
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
const isCount = (value: unknown): boolean =>
	value === Number.POSITIVE_INFINITY || (Number.isSafeInteger(value) && (value as number) >= 0);

/** What each option has to be, and how that is said. */
const RULES: readonly [keyof EnqueueLinksOptions, (value: unknown) => boolean, wanted: string][] = [
	['label', isText, 'a text'],
	['userData', isObject, 'an object'],
	['urls', isTexts, 'a list of texts'],
	['selector', isFilledText, 'a CSS selector'],
	['baseUrl', (value) => isText(value) && URL.canParse(value as string), 'an absolute URL'],
	['limit', isCount, 'a whole number of at least 0'],
	['priority', Number.isSafeInteger, 'a whole number'],
	['globs', isList, 'a list of globs'],
	['regexps', isList, 'a list of regular expressions'],
	['exclude', isList, 'a list of globs and regular expressions'],
	['transformRequestFunction', isFunction, 'a function'],
	['onSkippedRequest', isFunction, 'a function'],
];

/**
 * Refuses at the call what could not be stored, so that it is the fault of one page and not of the storage.
 *
 * @throws InvalidOptionError that names the option, its value and what would do.
 */
export function checkEnqueueLinks(options: EnqueueLinksOptions): void {
	if (!isObject(options)) {
		throw new InvalidOptionError(`enqueueLinks takes an object of options, got ${shown(options)}.`);
	}
	for (const [name, fits, wanted] of RULES) {
		const value = options[name];
		if (value === undefined || fits(value)) continue;
		throw new InvalidOptionError(`${name} of enqueueLinks must be ${wanted}, got ${shown(value)}.`);
	}
}
