import { expect, test } from 'vitest';
import { readAttributeValue } from '../../../src/links/scan/attribute-value.ts';
import { load } from '../../../src/load.ts';

test.each([
	['plain', 'plain'],
	['?a=1&amp;b=2&amp;c', '?a=1&b=2&c'],
	['&amp;amp;', '&amp;'],
	['&hearts;', '\u2665'],
	['?a&copy=1', '?a&copy=1'],
	['?a&copyx', '?a&copyx'],
	['?a&copy;=1', '?a\u00a9=1'],
	['?a&copy', '?a\u00a9'],
	['?a&copy&amp', '?a\u00a9&'],
	['&ampx', '&ampx'],
	['&amp=', '&amp='],
	['&lt-', '<-'],
	['&notit;', '&notit;'],
	['&notin;', '\u2209'],
	['&noti', '&noti'],
	['&unknown;', '&unknown;'],
	['&', '&'],
	['&&', '&&'],
	['&#65;&#x42;&#X43;', 'ABC'],
	['&#65&#x42', 'AB'],
	['&#65x', 'Ax'],
	['&#;&#x;&#xg', '&#;&#x;&#xg'],
	['&#0;', '\ufffd'],
	['&#x110000;', '\ufffd'],
	['&#xd800;', '\ufffd'],
	['&#128;', '\u20ac'],
	['&#x1F600;', '\u{1f600}'],
	['&AMP;&AMP', '&&'],
	['a\0b', 'a\ufffdb'],
	['&\0amp;', '&\ufffdamp;'],
])('%j means %j, to the full parser too', (raw, value) => {
	expect(readAttributeValue(raw)).toBe(value);
	expect(load(`<a href="${raw}">`)('a').attr('href')).toBe(value);
});
