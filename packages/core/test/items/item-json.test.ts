import { expect, test } from 'vitest';
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
		new TypeError(`pushData takes an object or an array of objects, got ${shown}.`),
	);
});

test('what cannot be written as JSON is no row either', () => {
	const circular: Record<string, unknown> = {};
	circular.self = circular;

	expect(() => itemJson(circular)).toThrow(TypeError);
	expect(() => itemJson({ n: 1n })).toThrow(TypeError);
	expect(itemJson({ a: undefined, b: Number.NaN })).toBe('{"b":null}');
});
