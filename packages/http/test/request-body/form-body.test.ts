import fc from 'fast-check';
import { expect, it } from 'vitest';
import { InvalidRequestError } from '../../src/errors.ts';
import { type FormFields, formBody } from '../../src/request-body/form-body.ts';

it('writes text, numbers, booleans and lists; leaves out what is not there', () => {
	const form = { q: 'a b&c=ü', page: 2, exact: false, tag: ['x', 'y', 3], none: undefined, nothing: null, empty: [] };
	expect(formBody(form)).toMatchObject({
		bytes: 'q=a+b%26c%3D%C3%BC&page=2&exact=false&tag=x&tag=y&tag=3',
		contentType: 'application/x-www-form-urlencoded',
		repeatable: true,
	});
});

it('takes URLSearchParams as they are', () => {
	expect(formBody(new URLSearchParams('b=1&a=2&b=3')).bytes).toBe('b=1&a=2&b=3');
});

it('comes back as it was when it is parsed', () => {
	const text = fc.string({ unit: 'grapheme' });
	fc.assert(
		fc.property(fc.array(fc.tuple(text, text), { maxLength: 10 }), (pairs) => {
			const names = new Map<string, string[]>();
			for (const [name, value] of pairs) names.set(name, [...(names.get(name) ?? []), value]);
			const body = formBody(Object.fromEntries(names));
			const parsed = new URLSearchParams(String(body.bytes));
			for (const [name, values] of names) expect(parsed.getAll(name)).toEqual(values);
			expect(parsed.size).toBe(pairs.length);
		}),
	);
});

it.each<[unknown, string]>([
	[
		{ filter: { a: 1 } },
		'form.filter is an object of class Object: give a string, a number, a boolean or a list of these.',
	],
	[{ tags: ['a', null] }, 'form.tags is null: give'],
	[{ when: new Date(0) }, 'form.when is an object of class Date: give'],
	[new Map(), 'form is an object of class Map: give an object of names and values.'],
	['a=1', 'form is of type string: give an object of names and values.'],
	[null, 'form is null: give an object of names and values.'],
])('refuses %o', (form, message) => {
	expect(() => formBody(form as FormFields)).toThrow(InvalidRequestError);
	expect(() => formBody(form as FormFields)).toThrow(message);
});
