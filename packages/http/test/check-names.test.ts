import { expect, it } from 'vitest';
import { nearestName, requireKnownNames } from '../src/check-names.ts';

it('accepts known names', () => {
	expect(() => requireKnownNames('It', { colour: 1 }, ['colour', 'size'])).not.toThrow();
});

it('names the unknown option, its owner and the nearest valid name', () => {
	expect(() => requireKnownNames('It', { maxbodybyte: 1 }, ['maxHeaderBytes', 'maxBodyBytes', 'headers'])).toThrow(
		'It has no option "maxbodybyte": did you mean "maxBodyBytes"? Valid names: maxHeaderBytes, maxBodyBytes, headers.',
	);
});

it.each([[null], ['text'], [7], [[]]])('refuses %j in the place of options', (options) => {
	expect(() => requireKnownNames('It', options as object, ['colour'])).toThrow(
		/^It was given a value that is .+: give/,
	);
});

it.each([
	['timeout', 'timeouts'],
	['useragent', 'userAgent'],
	['proxy', 'proxyUrl'],
])('takes %s for %s', (name, meant) => {
	expect(nearestName(name, ['headers', 'userAgent', 'timeouts', 'proxyUrl'])).toBe(meant);
});
