import { expect, it } from 'vitest';
import { isRecord, kindOf } from '../src/kind-of.ts';

it.each<[unknown, string]>([
	[undefined, 'undefined'],
	[null, 'null'],
	['secret', 'of type string'],
	[7, 'of type number'],
	[new Map(), 'an object of class Map'],
	[Object.create(null), 'an object of class null'],
])('says what %j is', (value, kind) => {
	expect(kindOf(value)).toBe(kind);
});

it.each<[unknown, boolean]>([
	[{ a: 1 }, true],
	[Object.create(null), true],
	[null, false],
	['text', false],
	[[], false],
	[new Map(), false],
	[new Headers(), false],
	[new URLSearchParams(), false],
])('knows whether %j is made of names and values', (value, expected) => {
	expect(isRecord(value)).toBe(expected);
});
