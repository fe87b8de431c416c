import { describe, expect, it } from 'vitest';
import { InvalidOptionError } from '../../src/errors.ts';
import { compileRules } from '../../src/url/normalize-rules.ts';

describe('compileRules', () => {
	it('compiles one object once', () => {
		const rules = { sortQuery: true };
		expect(compileRules(rules)).toBe(compileRules(rules));
	});

	it('has every rule off', () => {
		expect(compileRules({})).toMatchObject({
			sortQuery: false,
			isRemovedParam: undefined,
			percentEncoding: false,
			trailingSlash: undefined,
			removeEmptyQuery: false,
		});
	});

	it.each([
		['fragment', 'drop'],
		['sortQuery', 'yes'],
		['trackingParams', 'utm_source'],
		['trackingParams', [1]],
		['sessionParams', 'all'],
		['percentEncoding', true],
		['trailingSlash', 'strip'],
		['removeEmptyQuery', 1],
	])('refuses %s: %j', (name, value) => {
		const rules = { [name]: value };
		expect(() => compileRules(rules)).toThrow(InvalidOptionError);
		expect(() => compileRules(rules)).toThrow(`NormalizeRules.${name} must be`);
	});
});
