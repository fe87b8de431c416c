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

it('makes no guess that is far off', () => {
	const known = ['headers', 'query', 'json', 'form', 'body', 'timeouts', 'retry', 'auth', 'proxy'];
	for (const name of ['params', 'data', 'verify', 'searchParams']) {
		expect(() => requireKnownNames('The request', { [name]: 1 }, known)).toThrow(
			`The request has no option "${name}". Valid names: headers`,
		);
	}
	expect(() => requireKnownNames('The request', { header: 1 }, known)).toThrow('did you mean "headers"');
});
