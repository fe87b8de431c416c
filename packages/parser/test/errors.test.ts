import { describe, expect, it } from 'vitest';
import { InvalidOptionError, InvalidUrlError } from '../src/errors.ts';

describe('InvalidUrlError', () => {
	it('names the value and the way out', () => {
		const error = new InvalidUrlError('/a');
		expect(error).toBeInstanceOf(TypeError);
		expect(error).toMatchObject({ name: 'InvalidUrlError', code: 'ORBWEAVER_INVALID_URL', input: '/a' });
		expect(error.message).toBe(
			`"/a" is not an absolute URL. Resolve it against the page's URL first: new URL(href, pageUrl).`,
		);
	});

	it('does not repeat a whole data URL in its message', () => {
		expect(new InvalidUrlError('x'.repeat(100_000)).message.length).toBeLessThan(400);
	});
});

describe('InvalidOptionError', () => {
	it.each([
		['far', '"far"'],
		[-1, '-1'],
		[undefined, 'undefined'],
		[['a'], '["a"]'],
		[null, 'null'],
		[Symbol('s'), 'Symbol(s)'],
	])('shows %o', (value, shown) => {
		const error = new InvalidOptionError('UrlFilter.maxDepth', value, 'a number');
		expect(error).toBeInstanceOf(TypeError);
		expect(error).toMatchObject({ code: 'ORBWEAVER_INVALID_OPTION', option: 'UrlFilter.maxDepth', value });
		expect(error.message).toBe(`UrlFilter.maxDepth must be a number, got ${shown}.`);
	});
});
