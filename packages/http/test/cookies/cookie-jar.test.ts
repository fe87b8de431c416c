import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { CookieJar } from '../../src/cookies/cookie-jar.ts';
import { InvalidRequestError } from '../../src/errors.ts';
import { rejection } from '../support/until.ts';

/** What a jar sends to `to` after `from` set `cookies`. */
function sent(from: string, cookies: string | string[], to: string = from): string {
	const jar = new CookieJar();
	jar.setFromResponse(from, { 'set-cookie': cookies });
	return jar.getCookieString(to);
}

describe('where a cookie goes', () => {
	it.each([
		['the host that set it', 'http://example.com/', 'a=b', 'http://example.com/x', 'a=b'],
		['its other ports', 'http://example.com/', 'a=b', 'https://example.com:8443/', 'a=b'],
		['no subdomain', 'http://example.com/', 'a=b', 'http://www.example.com/', ''],
		['subdomains with Domain', 'http://example.com/', 'a=b; Domain=example.com', 'http://www.example.com/', 'a=b'],
		['a sister with Domain', 'http://a.example.com/', 'a=b; Domain=example.com', 'http://b.example.com/', 'a=b'],
		['nobody, for a foreign domain', 'http://example.com/', 'a=b; Domain=other.com', 'http://other.com/', ''],
		['nobody, for a subdomain', 'http://example.com/', 'a=b; Domain=www.example.com', 'http://www.example.com/', ''],
		['nobody, for a public suffix', 'http://a.co.uk/', 'a=b; Domain=co.uk', 'http://b.co.uk/', ''],
		['nobody else, from a public suffix', 'http://github.io/', 'a=b; Domain=github.io', 'http://x.github.io/', ''],
		['a public suffix itself', 'http://github.io/', 'a=b; Domain=github.io', 'http://github.io/', 'a=b'],
		['a bare name', 'http://intranet/', 'a=b; Domain=intranet', 'http://intranet/', 'a=b'],
		['localhost', 'http://localhost:3000/', 'a=b; Domain=localhost', 'http://localhost:4000/', 'a=b'],
		['an IPv4 address', 'http://127.0.0.1/', 'a=b', 'http://127.0.0.1:81/', 'a=b'],
		['no other address', 'http://127.0.0.1/', 'a=b; Domain=0.0.1', 'http://0.0.0.1/', ''],
		['an IPv6 address', 'http://[::1]/', 'a=b; Domain=[::1]', 'http://[::1]:81/', 'a=b'],
		[
			'a name in other letters',
			'http://b\u00fccher.example/',
			'a=b; Domain=b\u00fccher.example',
			'http://xn--bcher-kva.example/',
			'a=b',
		],
		['a name that ends in a dot', 'http://example.com./', 'a=b', 'http://example.com./', 'a=b'],
		['its path', 'http://a.com/', 'a=b; Path=/x', 'http://a.com/x/y', 'a=b'],
		['no longer name', 'http://a.com/', 'a=b; Path=/x', 'http://a.com/xy', ''],
		['the folder it came from', 'http://a.com/x/y', 'a=b', 'http://a.com/x/z', 'a=b'],
		['no other folder', 'http://a.com/x/y', 'a=b', 'http://a.com/', ''],
		['a path beyond ASCII', 'http://a.com/', 'a=b; Path=/caf%C3%A9', 'http://a.com/caf%C3%A9/x', 'a=b'],
		['TLS', 'https://a.com/', 'a=b; Secure', 'https://a.com/', 'a=b'],
		['WebSockets over TLS', 'https://a.com/', 'a=b; Secure', 'wss://a.com/', 'a=b'],
		['no plain HTTP', 'https://a.com/', 'a=b; Secure', 'http://a.com/', ''],
		['nobody, for Secure over plain HTTP', 'http://a.com/', 'a=b; Secure', 'https://a.com/', ''],
		['this machine, for Secure over plain HTTP', 'http://127.0.0.1/', 'a=b; Secure', 'http://127.0.0.1/', 'a=b'],
		['nobody, for __Secure- without Secure', 'https://a.com/', '__Secure-a=b', 'https://a.com/', ''],
		['TLS, for __Secure- with it', 'https://a.com/', '__Secure-a=b; Secure', 'https://a.com/', '__Secure-a=b'],
		[
			'nobody, for __Host- with Domain',
			'https://a.com/',
			'__Host-a=b; Secure; Path=/; Domain=a.com',
			'https://a.com/',
			'',
		],
		['nobody, for __Host- without Path', 'https://a.com/', '__Host-a=b; Secure', 'https://a.com/', ''],
		[
			'TLS, for __Host- as it should be',
			'https://a.com/',
			'__Host-a=b; Secure; Path=/',
			'https://a.com/',
			'__Host-a=b',
		],
	])('%s', (_name, from, cookie, to, expected) => {
		expect(sent(from, cookie, to)).toBe(expected);
	});

	it('does not matter to the good ones among bad ones', () => {
		expect(sent('http://a.com/', ['a=1', 'nonsense', 'b=2; Domain=other.com', 'c=3; Path=/', 'd=\u0000'])).toBe(
			'a=1; c=3',
		);
	});

	it('is sent with longer paths first, then in the order they were made', () => {
		const cookies = ['a=1; Path=/', 'b=2; Path=/x/y', 'c=3; Path=/x', 'd=4; Path=/x'];
		expect(sent('http://a.com/', cookies, 'http://a.com/x/y')).toBe('b=2; c=3; d=4; a=1');
	});
});

describe('how long a cookie lasts', () => {
	afterEach(() => {
		vi.useRealTimers();
	});

	it.each(['Max-Age=10', 'Expires=Tue, 01 Jan 2030 00:00:10 GMT'])(
		'with %s is not drawn out by using it',
		(attribute) => {
			vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2030, 0, 1) });
			const jar = new CookieJar();
			jar.setCookie(`a=b; ${attribute}`, 'http://a.com/');
			vi.advanceTimersByTime(6_000);
			expect(jar.getCookieString('http://a.com/')).toBe('a=b');
			vi.advanceTimersByTime(4_000);
			expect([jar.toJSON().cookies, jar.getCookieString('http://a.com/'), jar.size]).toEqual([[], '', 0]);
		},
	);

	it('ends when its server says so', () => {
		expect(sent('http://a.com/', ['a=b', 'a=; Max-Age=0'])).toBe('');
		expect(sent('http://a.com/', ['a=b', 'a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT'])).toBe('');
		expect(sent('http://a.com/', ['a=b', 'a=c'])).toBe('a=c');
	});
});

describe('setCookie', () => {
	it.each([
		['secret', 'http://a.com/', /^The cookie cannot be set for http:\/\/a\.com: It does not begin/],
		['a=secret; Domain=other.com', 'http://a.com/', /^The cookie "a" .*not in this host's domain/],
		['a=secret; Domain=co.uk', 'http://b.co.uk/', /public suffix/],
		['a=secret; Secure', 'http://a.com/', /not a secure connection/],
		['__Host-a=secret; Secure', 'https://a.com/', /__Host prefix/],
		['a=secret\r\nx: y', 'http://a.com/', /character that a cookie header cannot carry/],
		[undefined as unknown as string, 'http://a.com/', /does not begin/],
		['a=b', '/relative', /not absolute/],
	])('refuses %j for %s, and does not show its value', (header, url, message) => {
		const jar = new CookieJar();
		expect(() => jar.setCookie(header, url)).toThrow(InvalidRequestError);
		try {
			jar.setCookie(header, url);
		} catch (error) {
			expect((error as Error).message).toMatch(message);
			expect((error as Error).message).not.toContain('secret');
		}
		expect(jar.size).toBe(0);
	});
});

describe('a jar', () => {
	it('tells what it has', () => {
		const jar = new CookieJar();
		jar.setCookie('a=b; Domain=a.com; HttpOnly; SameSite=Strict', 'http://www.a.com/');
		expect(jar.getCookies('http://a.com/')).toEqual([
			{
				name: 'a',
				value: 'b',
				domain: '.a.com',
				path: '/',
				expires: -1,
				httpOnly: true,
				secure: false,
				sameSite: 'Strict',
			},
		]);
		expect(jar.getCookies('http://b.com/')).toEqual([]);
		jar.setCookie('long=1; Path=/x', 'http://a.com/');
		expect(jar.getCookies('http://a.com/x').map(({ name }) => name)).toEqual(['long', 'a']);
		jar.clear();
		expect([jar.size, jar.getCookieString('http://a.com/')]).toEqual([0, '']);
	});

	it('has limits', () => {
		const jar = new CookieJar({ maxCookies: 3, maxPerDomain: 2 });
		for (const name of ['a', 'b', 'c']) jar.setCookie(`${name}=1`, 'http://one.com/');
		expect(jar.getCookieString('http://one.com/')).toBe('b=1; c=1');
		for (const name of ['a', 'b']) jar.setCookie(`${name}=1`, 'http://two.com/');
		expect([jar.size, jar.getCookieString('http://one.com/')]).toEqual([2, '']);
		const tiny = new CookieJar({ maxCookies: 1 });
		for (const name of ['a', 'b']) tiny.setCookie(`${name}=1`, 'http://one.com/');
		expect(tiny.getCookieString('http://one.com/')).toBe('b=1');
	});

	it.each([
		[{ maxCookie: 1 }, /did you mean "maxCookies"/],
		[{ maxCookies: 0 }, /CookieJar\.maxCookies is 0/],
		[{ maxPerDomain: 1.5 }, /CookieJar\.maxPerDomain is 1\.5/],
	])('refuses the options %j', (options, message) => {
		expect(() => new CookieJar(options as object)).toThrow(message);
	});
});

describe('a saved jar', () => {
	async function folder(): Promise<string> {
		const path = await mkdtemp(join(tmpdir(), 'cookie-jar-'));
		onTestFinished(() => rm(path, { recursive: true }));
		return path;
	}

	function filled(): CookieJar {
		const jar = new CookieJar();
		jar.setCookie('id=7; Path=/x; Secure; Max-Age=1000', 'https://a.com/');
		jar.setCookie('theme=dark; Domain=a.com', 'https://www.a.com/');
		jar.setCookie('old=1; Path=/caf%C3%A9', 'http://127.0.0.1/');
		return jar;
	}

	it('is the same after JSON', () => {
		const jar = filled();
		const copy = CookieJar.fromJSON(JSON.parse(JSON.stringify(jar)));
		expect(copy.toJSON()).toEqual(jar.toJSON());
		expect(copy.getCookieString('https://a.com/x')).toBe('id=7; theme=dark');
		expect(copy.getCookieString('http://127.0.0.1/caf%C3%A9')).toBe('old=1');
	});

	it('is the same after a file, which only its owner may read', async () => {
		const file = join(await folder(), 'cookies.json');
		const jar = filled();
		await jar.save(file);
		expect((await stat(file)).mode & 0o777).toBe(0o600);
		expect((await CookieJar.load(file)).toJSON()).toEqual(jar.toJSON());
		expect((await CookieJar.load(file, { maxCookies: 1 })).size).toBe(1);
	});

	it('takes what a browser saved', async () => {
		const file = join(await folder(), 'state.json');
		const cookie = {
			name: 'a',
			value: 'b',
			domain: '.a.com',
			path: '/',
			expires: -1,
			httpOnly: true,
			secure: false,
			sameSite: 'Lax',
		};
		await writeFile(file, JSON.stringify({ cookies: [cookie], origins: [] }));
		expect((await CookieJar.load(file)).getCookieString('http://www.a.com/')).toBe('a=b');
	});

	it('says what is wrong with a file, without showing what is in it', async () => {
		const file = join(await folder(), 'cookies.json');
		expect(await rejection(CookieJar.load(file))).toMatchObject({ code: 'ENOENT' });
		await writeFile(file, '{"cookies": secret');
		const error = await rejection(CookieJar.load(file));
		expect(error).toBeInstanceOf(InvalidRequestError);
		expect(String(error)).toContain(`"${file}" is not JSON`);
		expect(String(error)).not.toContain('secret');
		await writeFile(file, '[]');
		expect(await rejection(CookieJar.load(file))).toBeInstanceOf(InvalidRequestError);
		expect(await readFile(file, 'utf8')).toBe('[]');
	});
});
