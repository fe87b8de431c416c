import { expect, it } from 'vitest';
import { describes, sameValidators } from '../../src/cache/validators.ts';

it.each([
	[{}, { etag: '"1"' }, true],
	[{ etag: '"1"' }, { etag: '"1"' }, true],
	[{ etag: 'W/"1"' }, { etag: '"1"' }, true],
	[{ etag: '"1"' }, { etag: 'W/"1"' }, true],
	[{ etag: '"2"' }, { etag: '"1"' }, false],
	[{ etag: '"1"' }, { 'last-modified': 'x' }, false],
	[{ 'last-modified': 'x' }, { 'last-modified': 'x' }, true],
	[{ 'last-modified': 'y' }, { 'last-modified': 'x' }, false],
	[{ etag: '"1"', 'last-modified': 'y' }, { etag: '"1"', 'last-modified': 'x' }, true],
])('a 304 with %j and stored headers %j: %s', (notModified, stored, expected) => {
	expect(describes(notModified, stored)).toBe(expected);
});

it('both validators have to be the same', () => {
	const one = { etag: '"1"', 'last-modified': 'x' };
	expect(sameValidators(one, { ...one, other: '1' })).toBe(true);
	expect(sameValidators(one, { etag: '"1"' })).toBe(false);
	expect(sameValidators({ etag: 'x' }, { 'last-modified': 'x' })).toBe(false);
	expect(sameValidators({}, {})).toBe(true);
});
