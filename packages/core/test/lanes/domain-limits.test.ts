import { describe, expect, test } from 'vitest';
import { InvalidOptionError } from '../../src/errors.ts';
import { type DomainLimitsOptions, domainLimitsResolver } from '../../src/lanes/domain-limits.ts';

const DEFAULTS = { maxConcurrent: 8, minTime: 0, reservoir: undefined };

describe('resolution', () => {
	test('the defaults', () => {
		expect(domainLimitsResolver()('a.example')).toEqual(DEFAULTS);
		expect(domainLimitsResolver({})('a.example')).toEqual(DEFAULTS);
	});

	test('what is undefined was not given', () => {
		const options = { maxConcurrent: undefined, overrides: { '*': { minTime: undefined } } };
		expect(domainLimitsResolver(options as unknown as DomainLimitsOptions)('a.example')).toEqual(DEFAULTS);
	});

	test('overrides lie over the common limits', () => {
		const limits = domainLimitsResolver({ minTime: 100, overrides: { 'a.example': { maxConcurrent: 2 } } });
		expect(limits('a.example')).toEqual({ ...DEFAULTS, maxConcurrent: 2, minTime: 100 });
		expect(limits('b.example')).toEqual({ ...DEFAULTS, minTime: 100 });
	});

	test('a reservoir refills to its size unless told', () => {
		const reservoir = { reservoir: 10, reservoirRefreshInterval: 1_000 };
		expect(domainLimitsResolver(reservoir)('a.example').reservoir).toEqual({
			size: 10,
			refreshAmount: 10,
			refreshInterval: 1_000,
		});
		const slowStart = domainLimitsResolver({ ...reservoir, reservoir: 0, reservoirRefreshAmount: 5 })('a.example');
		expect(slowStart.reservoir).toEqual({ size: 0, refreshAmount: 5, refreshInterval: 1_000 });
	});

	test('everything at once is allowed', () => {
		const { maxConcurrent } = domainLimitsResolver({ maxConcurrent: Number.POSITIVE_INFINITY })('a.example');
		expect(maxConcurrent).toBe(Number.POSITIVE_INFINITY);
	});
});

describe('globs', () => {
	test.each([
		['shop.example', 'shop.example', true],
		['shop.example', 'SHOP.example', true],
		['shop.example', 'shop.example:8080', true],
		['shop.example', 'www.shop.example', false],
		['shop.example', 'shopxexample', false],
		['shop.example', 'shop.example.evil', false],
		['*.example.com', 'a.b.example.com', true],
		['*.example.com', 'a.example.com:81', true],
		['*.example.com', 'example.com', false],
		['localhost:8080', 'localhost:8080', true],
		['localhost:8080', 'localhost:80801', false],
		['localhost:8080', 'localhost', false],
		['localhost:*', 'localhost:1', true],
		['localhost:*', 'localhost', false],
		['127.0.0.1', '127.0.0.1:4000', true],
		['[::1]', '[::1]:4000', true],
		['*', 'anything:1', true],
		['a+b(c).example', 'a+b(c).example', true],
	])('%s and %s: %s', (glob, domain, matches) => {
		const { minTime } = domainLimitsResolver({ overrides: { [glob]: { minTime: 7 } } })(domain);
		expect(minTime).toBe(matches ? 7 : 0);
	});

	test('the first that matches wins', () => {
		const limits = domainLimitsResolver({
			overrides: { 'a.example': { minTime: 1 }, '*.example': { minTime: 2 }, '*': { minTime: 3 } },
		});
		expect(['a.example', 'b.example', 'c.test'].map((domain) => limits(domain).minTime)).toEqual([1, 2, 3]);
	});
});

describe('what cannot be', () => {
	const refill = { reservoirRefreshInterval: 250 };
	test.each<[object, string]>([
		[{ maxConcurrent: 0 }, 'domainLimits.maxConcurrent must be a whole number of at least 1, got 0.'],
		[{ maxConcurrent: 1.5 }, 'domainLimits.maxConcurrent must be a whole number of at least 1, got 1.5.'],
		[{ maxConcurrent: '8' }, 'domainLimits.maxConcurrent must be a whole number of at least 1, got 8.'],
		[{ minTime: -1 }, 'domainLimits.minTime must be a number of milliseconds of at least 0, got -1.'],
		[{ minTime: Number.NaN }, 'domainLimits.minTime must be a number of milliseconds of at least 0, got NaN.'],
		[{ minTime: 1 / 0 }, 'domainLimits.minTime must be a number of milliseconds of at least 0, got Infinity.'],
		[{ minTime: null }, 'domainLimits.minTime must be a number of milliseconds of at least 0, got null.'],
		[{ reservoir: -1, ...refill }, 'domainLimits.reservoir must be a whole number of at least 0, got -1.'],
		[{ reservoir: 2.5, ...refill }, 'domainLimits.reservoir must be a whole number of at least 0, got 2.5.'],
		[{ reservoir: 0, ...refill }, 'domainLimits.reservoir must be at least 1'],
		[
			{ reservoir: 5, reservoirRefreshInterval: 300 },
			'a multiple of 250 (milliseconds) when there is a reservoir, got 300.',
		],
		[{ reservoir: 5 }, 'domainLimits.reservoirRefreshInterval must be a multiple of 250'],
		[{ ...refill }, 'domainLimits.reservoir must be given together with its refresh.'],
		[{ reservoirRefreshAmount: 5 }, 'domainLimits.reservoir must be given together with its refresh.'],
		[{ maxConcurent: 8 }, 'domainLimits.maxConcurent is not a limit; the limits are maxConcurrent, minTime, reservoir'],
		[{ overrides: { 'a.b': { minTime: -1 } } }, 'domainLimits.overrides["a.b"].minTime must be a number'],
		[
			{ overrides: { 'a.b': 3 } },
			'domainLimits.overrides["a.b"] must be an object such as { maxConcurrent: 4 }, got 3.',
		],
		[{ overrides: { 'a.b': { reservoirRefreshAmount: 1 } } }, 'domainLimits.overrides["a.b"].reservoir must be given'],
		[{ overrides: { 'http://a.b/': {} } }, 'domainLimits.overrides["http://a.b/"] must be a domain such as'],
		[{ overrides: { '': {} } }, 'domainLimits.overrides[""] must be a domain such as "shop.example"'],
	])('%o', (options, message) => {
		const attempt = (): unknown => domainLimitsResolver(options as DomainLimitsOptions);
		expect(attempt).toThrow(InvalidOptionError);
		expect(attempt).toThrow(message);
	});
});
