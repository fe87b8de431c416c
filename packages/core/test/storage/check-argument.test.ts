import { expect, test } from 'vitest';
import { InvalidOptionError } from '../../src/errors.ts';
import { checkCount, checkRange, checkText } from '../../src/storage/check-argument.ts';

test('what is right is answered', () => {
	expect(checkText('name', ' a')).toBe(' a');
	expect([checkCount('limit', 0), checkCount('limit', 7)]).toEqual([0, 7]);
	expect([checkRange('list', {}), checkRange('list', { offset: 2, limit: 3 })]).toEqual([
		{ offset: 0, limit: 100 },
		{ offset: 2, limit: 3 },
	]);
	expect(checkCount('limit', Number.POSITIVE_INFINITY)).toBe(Number.MAX_SAFE_INTEGER);
});

test.each([
	[() => checkText('name', ''), 'name must be a text that is not empty, not "".'],
	[() => checkText('name', undefined), 'name must be a text that is not empty, not undefined.'],
	[() => checkText('name', 7), 'name must be a text that is not empty, not 7.'],
	[() => checkCount('limit', 2.5), 'limit must be a whole number, 0 or more, not 2.5.'],
	[() => checkCount('limit', -1), 'limit must be a whole number, 0 or more, not -1.'],
	[() => checkCount('limit', Number.NaN), 'limit must be a whole number, 0 or more, not NaN.'],
	[
		() => checkText('name', Object.create(null)),
		'name must be a text that is not empty, not [Object: null prototype] {}.',
	],
	[() => checkRange('list', null), 'list takes an object with offset and limit, not null.'],
	[() => checkRange('list', 'x'), 'list takes an object with offset and limit, not "x".'],
	[() => checkRange('list', { limit: 1.5 }), 'limit of list must be a whole number, 0 or more, not 1.5.'],
	[() => checkRange('list', { offset: null }), 'offset of list must be a whole number, 0 or more, not null.'],
	[() => checkRange('list', { limt: 1 }), 'list has no option limt; did you mean limit? It has offset, limit.'],
	[() => checkCount('limit', '3'), 'limit must be a whole number, 0 or more, not "3".'],
])('what is wrong is named: %s', (check, message) => {
	expect(check).toThrow(new InvalidOptionError(message));
});
