import { expect, test } from 'vitest';
import { startEcho } from '../../src/index.ts';

test('/cookies/set sets each, with the attributes in its value', async () => {
	await using echo = await startEcho();
	const query = new URLSearchParams([
		['sid', '1'],
		['theme', 'dark blue'],
		['old', '; Max-Age=0; Path=/a'],
		['ü', 'é'],
	]);
	const response = await fetch(`${echo.url}/cookies/set?${query}`);
	const set = ['sid=1; Path=/', 'theme=dark blue; Path=/', 'old=; Max-Age=0; Path=/a', 'ü=é; Path=/'];
	expect(response.headers.getSetCookie()).toEqual(set.map((cookie) => Buffer.from(cookie).toString('latin1')));
	expect(await response.json()).toEqual({ set });
});

test('/cookies shows what arrived', async () => {
	await using echo = await startEcho();
	const show = async (headers: Record<string, string>): Promise<unknown> =>
		(await fetch(`${echo.url}/cookies`, { headers })).json();
	expect(await show({})).toEqual({ header: null, cookies: {} });
	const cookie = 'sid=1; theme="dark=blue";empty=; bare; sid=2';
	expect(await show({ cookie })).toEqual({
		header: cookie,
		cookies: { sid: '1', theme: '"dark=blue"', empty: '', '': 'bare' },
	});
	const utf8 = { cookie: Buffer.from('name=é').toString('latin1') };
	expect(await show(utf8)).toEqual({ header: 'name=é', cookies: { name: 'é' } });
});
