import { expect, it } from 'vitest';
import { parseTarget } from '../src/request-target.ts';

it('takes a URL apart', () => {
	expect(parseTarget('GET', 'http://a.example:8080/p/q?x=1#f')).toEqual({
		href: 'http://a.example:8080/p/q?x=1#f',
		origin: 'http://a.example:8080',
		path: '/p/q?x=1',
		authorization: undefined,
	});
});

it('turns user info into Basic authorization and shows it nowhere else', () => {
	const target = parseTarget('GET', new URL('http://us%C3%A9r:p%3Ass@a.example/'));
	expect(target.authorization).toBe(`Basic ${Buffer.from('us\u00e9r:p:ss').toString('base64')}`);
	expect(target.href).toBe('http://a.example/');
});

it('takes a stray percent sign literally', () => {
	const encoded = parseTarget('GET', 'http://u:100%@a.example/').authorization?.slice('Basic '.length) ?? '';
	expect(Buffer.from(encoded, 'base64').toString()).toBe('u:100%');
});

it.each(['ftp://u:secret@a.example/', 'http://u:secret@', '/relative', ''])(
	'refuses %j without its password',
	(url) => {
		expect(() => parseTarget('GET', url)).toThrow(expect.objectContaining({ code: 'ORB_HTTP_INVALID_REQUEST' }));
		expect(() => parseTarget('GET', url)).not.toThrow(/secret/);
	},
);
