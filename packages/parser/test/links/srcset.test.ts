import { expect, test } from 'vitest';
import { parseSrcset } from '../../src/links/srcset.ts';

test.each([
	['', []],
	['a.jpg', ['a.jpg']],
	['a.jpg 1x, b.jpg 2x', ['a.jpg', 'b.jpg']],
	['a.jpg 100w,b.jpg 200w', ['a.jpg', 'b.jpg']],
	[' ,, a.jpg , b.jpg,', ['a.jpg', 'b.jpg']],
	['a.jpg, b.jpg', ['a.jpg', 'b.jpg']],
	['a.jpg,, b.jpg', ['a.jpg', 'b.jpg']],
	['a,b.jpg 1x', ['a,b.jpg']],
	['/w_100,h_50/a.jpg 1x, /w_200,h_100/a.jpg 2x', ['/w_100,h_50/a.jpg', '/w_200,h_100/a.jpg']],
	['a.jpg f(1,2) 2x, b.jpg', ['a.jpg', 'b.jpg']],
	['a.jpg f(1, b.jpg', ['a.jpg']],
	['a.jpg\n\t1x,\r\nb.jpg', ['a.jpg', 'b.jpg']],
	['data:image/png;base64,AAA= 1x, b.jpg 2x', ['data:image/png;base64,AAA=', 'b.jpg']],
])('%j', (srcset, urls) => {
	expect(parseSrcset(srcset)).toEqual(urls);
});

test('takes time in proportion to length', () => {
	expect(parseSrcset(`a${','.repeat(2_000_000)}b ${'('.repeat(2_000_000)}`)).toHaveLength(1);
});
