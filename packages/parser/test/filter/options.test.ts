import { describe, expect, it } from 'vitest';
import { InvalidOptionError } from '../../src/errors.ts';
import {
	checkOptionNames,
	resolveExtensions,
	resolveLimit,
	resolveStrategy,
	type UrlFilterOptions,
} from '../../src/filter/options.ts';

const baseUrl = 'https://a.test/';

describe('resolveStrategy', () => {
	const cases: [UrlFilterOptions, string][] = [
		[{}, 'all'],
		[{ baseUrl }, 'same-hostname'],
		[{ baseUrl, globs: [] }, 'same-hostname'],
		[{ baseUrl, globs: ['**'] }, 'all'],
		[{ baseUrl, regexps: [/a/] }, 'all'],
		[{ baseUrl, exclude: ['**'] }, 'same-hostname'],
		[{ baseUrl, globs: ['**'], strategy: 'same-domain' }, 'same-domain'],
		[{ strategy: 'all' }, 'all'],
	];

	it.each(cases)('%j: %s', (options, strategy) => {
		expect(resolveStrategy(options).strategy).toBe(strategy);
	});

	it('refuses a strategy it does not know', () => {
		const options: object = { baseUrl, strategy: 'same-subdomain' };
		expect(() => resolveStrategy(options)).toThrow('UrlFilter.strategy must be one of all, same-hostname');
	});

	it('wants a base URL to compare with', () => {
		expect(() => resolveStrategy({ strategy: 'same-origin' })).toThrow(
			'UrlFilter.baseUrl must be given with the strategy "same-origin", got undefined.',
		);
	});

	it.each(['/a', 'ftp://a.test/', ''])('refuses the base URL %j', (url) => {
		expect(() => resolveStrategy({ baseUrl: url })).toThrow('UrlFilter.baseUrl must be an absolute http or https URL');
	});
});

describe('checkOptionNames', () => {
	it('refuses a name that is no option', () => {
		const options: object = { glob: ['**'] };
		expect(() => checkOptionNames(options)).toThrow(InvalidOptionError);
		expect(() => checkOptionNames(options)).toThrow('UrlFilter.glob must be one of the known options');
	});
});

describe('resolveExtensions', () => {
	it('takes them with or without a dot, in any case', () => {
		expect(resolveExtensions('deniedExtensions', ['.PDF', 'zip'])).toEqual(new Set(['pdf', 'zip']));
		expect(resolveExtensions('deniedExtensions', undefined)).toBeUndefined();
	});

	it('refuses an empty one', () => {
		expect(() => resolveExtensions('allowedExtensions', [''])).toThrow('UrlFilter.allowedExtensions must be a list');
	});
});

describe('resolveLimit', () => {
	it('is infinite when not given', () => {
		expect(resolveLimit('maxDepth', undefined)).toBe(Number.POSITIVE_INFINITY);
		expect(resolveLimit('maxDepth', 0)).toBe(0);
	});

	it.each([-1, Number.NaN])('refuses %s', (value) => {
		expect(() => resolveLimit('maxDepth', value)).toThrow(
			`UrlFilter.maxDepth must be a number not below 0, got ${value}.`,
		);
	});
});
