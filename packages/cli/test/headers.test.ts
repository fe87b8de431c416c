import { expect, test } from 'vitest';
import { parseHeaders } from '../src/headers.ts';

test('are read with their names in lower case, and repeated ones joined', () => {
	expect(parseHeaders(['Accept-Language: de', 'X-A:1', 'x-a: 2'])).toEqual({ 'accept-language': 'de', 'x-a': '1, 2' });
});

test.each(['hidden', 'a b: hidden', ': hidden', 'x: hidden\r\ny: z'])('%j is none, and is not shown', (header) => {
	expect(() => parseHeaders(['a: b', header])).toThrow(
		"--header number 2 must be one header, such as 'Accept-Language: de'.",
	);
});
