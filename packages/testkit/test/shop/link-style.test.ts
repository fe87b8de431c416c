import { expect, test } from 'vitest';
import { href, styleOf } from '../../src/shop/link-style.ts';

const origin = 'http://127.0.0.1:8080';

test.each([
	['/', '/about'],
	['/about', '/'],
	['/c/kitchen/', '/p/teapot'],
	['/c/kitchen/?page=2', '/c/kitchen/'],
	['/c/kitchen/', '/c/kitchen/?page=2'],
	['/p/teapot', '/p/jug'],
	['/help/articles/returns.html', '/help/'],
])('every style of a link on %s to %s leads there', (from, to) => {
	for (let n = 0; n < 6; n += 1) {
		const written = href(to, from, styleOf(n), origin);
		expect(new URL(written, origin + from).href, `${styleOf(n)}: ${JSON.stringify(written)}`).toBe(origin + to);
	}
});

test('the styles differ', () => {
	const written = Array.from({ length: 6 }, (_, n) => href('/p/jug', '/p/teapot', styleOf(n), origin));
	expect(new Set(written).size).toBe(6);
	expect(written).toContain('jug');
});
