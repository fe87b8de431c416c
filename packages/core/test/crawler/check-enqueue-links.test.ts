import { expect, test } from 'vitest';
import { checkEnqueueLinks } from '../../src/crawler/check-enqueue-links.ts';
import type { EnqueueLinksOptions } from '../../src/crawler/enqueue-links.ts';
import { InvalidOptionError } from '../../src/errors.ts';

test('what can be stored passes', () => {
	for (const options of [
		{},
		{ label: '', userData: {}, urls: [], selector: 'a', baseUrl: 'http://a.test/', limit: Number.POSITIVE_INFINITY },
		{ priority: -3, globs: ['*'], regexps: [/x/], exclude: [], transformRequestFunction: () => null },
		{ forefront: true, skipNavigation: true, onSkippedRequest: () => {} },
	]) {
		expect(() => checkEnqueueLinks(options as EnqueueLinksOptions)).not.toThrow();
	}
});

test.each<[unknown, string]>([
	['x', "enqueueLinks takes an object of options, got 'x'."],
	[null, 'enqueueLinks takes an object of options, got null.'],
	[{ label: {} }, 'label of enqueueLinks must be a text, got {}.'],
	[{ label: 5 }, 'label of enqueueLinks must be a text, got 5.'],
	[{ userData: 'x' }, "userData of enqueueLinks must be an object, got 'x'."],
	[{ urls: '/a' }, "urls of enqueueLinks must be a list of texts, got '/a'."],
	[{ urls: ['/a', 5] }, "urls of enqueueLinks must be a list of texts, got [ '/a', 5 ]."],
	[{ selector: '' }, "selector of enqueueLinks must be a CSS selector, got ''."],
	[{ baseUrl: '/a' }, "baseUrl of enqueueLinks must be an absolute URL, got '/a'."],
	[{ limit: -1 }, 'limit of enqueueLinks must be a whole number of at least 0, got -1.'],
	[{ limit: Number.NaN }, 'limit of enqueueLinks must be a whole number of at least 0, got NaN.'],
	[{ priority: 1.5 }, 'priority of enqueueLinks must be a whole number, got 1.5.'],
	[{ globs: '*' }, "globs of enqueueLinks must be a list of globs, got '*'."],
	[{ regexps: /x/ }, 'regexps of enqueueLinks must be a list of regular expressions, got /x/.'],
	[{ exclude: '*' }, "exclude of enqueueLinks must be a list of globs and regular expressions, got '*'."],
	[{ transformRequestFunction: {} }, 'transformRequestFunction of enqueueLinks must be a function, got {}.'],
	[{ onSkippedRequest: 1 }, 'onSkippedRequest of enqueueLinks must be a function, got 1.'],
])('%j is refused', (options, message) => {
	expect(() => checkEnqueueLinks(options as never)).toThrow(new InvalidOptionError(message));
});
