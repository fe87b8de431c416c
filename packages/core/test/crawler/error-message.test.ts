import { expect, test } from 'vitest';
import { messageOf } from '../../src/crawler/error-message.ts';
import { InvalidOptionError, UnsupportedContentTypeError } from '../../src/index.ts';

test('is a sentence', () => {
	expect(messageOf(new Error('no'))).toBe('no.');
	expect(messageOf(new Error('Why?'))).toBe('Why?');
});

test('names the place of a mistake, but of nothing else', () => {
	expect(messageOf(new TypeError('x is undefined'))).toMatch(
		/^TypeError: x is undefined\n {4}at .*error-message\.test\.ts/,
	);
	expect(messageOf(new InvalidOptionError('limit must be a number.'))).toMatch(/ {4}at .*error-message\.test\.ts/);
	expect(messageOf(new UnsupportedContentTypeError('http://a.test/', 'image/png'))).not.toContain(' at ');
});
