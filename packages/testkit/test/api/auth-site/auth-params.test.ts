import { expect, test } from 'vitest';
import { readAuthParams } from '../../../src/api/auth-site/auth-params.ts';

test('names in lower case, values without quotes and backslashes', () => {
	const params = readAuthParams('Realm="a, \\"b\\" \\\\ c=d" ,nc=00000001,\tuser*=UTF-8\'\'x%20y, empty = ""');
	expect(Object.fromEntries(params ?? [])).toEqual({
		realm: { value: 'a, "b" \\ c=d', quoted: true },
		nc: { value: '00000001', quoted: false },
		'user*': { value: "UTF-8''x%20y", quoted: false },
		empty: { value: '', quoted: true },
	});
	expect(readAuthParams('')?.size).toBe(0);
});

test.each([
	['a name twice', 'a=1, A=2'],
	['no value', 'a=1, b='],
	['no equals sign', 'a=1, b'],
	['no comma', 'a=1 b=2'],
	['an open quote', 'a="1, b=2'],
	['a space in a token', 'a=1 2'],
	['text after a quoted string', 'a="1"2'],
	['two commas', 'a=1,, b=2'],
])('%s is refused', (_, text) => {
	expect(readAuthParams(text)).toBeUndefined();
});
