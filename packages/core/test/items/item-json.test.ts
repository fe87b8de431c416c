import { expect, test } from 'vitest';
import { InvalidOptionError } from '../../src/errors.ts';
import { itemJson } from '../../src/items/item-json.ts';

test('an object is written as JSON', () => {
	expect(itemJson({ a: [1, null], b: new Date(0) })).toBe('{"a":[1,null],"b":"1970-01-01T00:00:00.000Z"}');
});

test.each([
	[undefined, 'undefined'],
	[null, 'null'],
	['text', "'text'"],
	[5n, '5n'],
	[[], '[]'],
	[() => 1, '[Function (anonymous)]'],
	[new Date(0), '1970-01-01T00:00:00.000Z'],
])('%s is no row', (value, shown) => {
	expect(() => itemJson(value)).toThrow(
		new InvalidOptionError(`pushData takes an object or an array of objects, got ${shown}.`),
	);
});

test('what cannot be written as JSON is no row either', () => {
	const circular: Record<string, unknown> = {};
	circular.self = circular;

	const message = 'a row for pushData must be of what JSON can hold, such as text, numbers and lists (';
	for (const row of [circular, { n: 1n }]) {
		expect(() => itemJson(row)).toThrow(InvalidOptionError);
		expect(() => itemJson(row)).toThrow(message);
	}
	expect(itemJson({ a: undefined, b: Number.NaN })).toBe('{"b":null}');
});
