import { describe, expect, test } from 'vitest';
import { RuleBook } from '../../src/robots/rule-book.ts';

function book(...rules: string[]): RuleBook {
	return new RuleBook(rules.map((rule) => ({ allow: rule.startsWith('+'), path: rule.slice(1) })));
}

describe('RuleBook', () => {
	test('allows all when it is empty', () => {
		expect(book().allows('/')).toBe(true);
	});

	test('does not split a rule or a path at what robots.txt gives a meaning to', () => {
		expect(book('-/a:b').allows('/a:b')).toBe(false);
		expect(book('-/a?b?c').allows('/a?b?c')).toBe(false);
		expect(book('-/a/../b').allows('/a/../b')).toBe(false);
		expect(book('-/a?b/../c').allows('/a?b/../c')).toBe(false);
		expect(book('-/a?').allows('/a')).toBe(true);
	});

	test('gives the same answers from many rules as from few', () => {
		const many = Array.from({ length: 2000 }, (_, index) => `-/far${index}/`);
		const few = ['-/shop', '+/shop/open', '-/*.pdf$', '+/shop/a.pdf$'];
		for (const path of ['/', '/shop', '/shop/open', '/shop/x.pdf', '/shop/a.pdf', '/shop/a.pdfx', '/x.pdf?', '/far']) {
			expect([path, book(...many, ...few).allows(path)]).toEqual([path, book(...few).allows(path)]);
		}
		expect(book(...many, ...few).allows('/far1999/x')).toBe(false);
		expect(book(...many, ...few).allows('/far2000/x')).toBe(true);
	});

	test('decides among many rules that are all near', () => {
		const wild = Array.from({ length: 2000 }, (_, index) => `-/*?p${index}=`);
		expect(book(...wild).allows('/x?p1999=1')).toBe(false);
		expect(book(...wild).allows('/x?p2000=1')).toBe(true);
	});

	test('matches a rule of 200 wildcards', () => {
		const rule = `-/${'a*'.repeat(200)}z`;
		expect(book(rule).allows(`/${'a'.repeat(2000)}`)).toBe(true);
		expect(book(rule).allows(`/${'a'.repeat(2000)}z`)).toBe(false);
	});

	test('takes a run of wildcards for one', () => {
		const rule = `-/${'*'.repeat(100_000)}.js$`;
		expect(book(rule).allows(`/${'a'.repeat(2000)}.js`)).toBe(false);
		expect(book(rule).allows(`/${'a'.repeat(2000)}.css`)).toBe(true);
	});

	test('forbids what would take too long to decide', () => {
		const rules = Array.from({ length: 100 }, () => `+/${'*a'.repeat(2000)}`);
		expect(book(...rules).allows(`/${'a'.repeat(2500)}`)).toBe(false);
		expect(book(...rules).allows('/a')).toBe(true);
	});
});
