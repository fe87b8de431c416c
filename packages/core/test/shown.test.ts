import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { shown } from '../src/shown.ts';

test.each<[unknown, string]>([
	['text', "'text'"],
	[undefined, 'undefined'],
	[Object.create(null), '[Object: null prototype] {}'],
	[{ a: { b: { c: 1 } } }, '{ a: { b: [Object] } }'],
	['x'.repeat(101), `'${'x'.repeat(100)}'... 1 more character`],
])('%# is shown on one line', (value, text) => {
	expect(shown(value)).toBe(text);
});

test('runs nothing of the value', () => {
	const fails = (): never => {
		throw new Error('asked');
	};
	const value = { [inspect.custom]: fails, toString: fails };
	expect(shown(Object.defineProperty(value, 'own', { get: fails, enumerable: true }))).toContain('own: [Getter]');
});
