import { expect, test } from 'vitest';
import { startHostileSite } from '../../src/index.ts';

test('/flaky fails as often as asked, for each URL anew', async () => {
	await using site = await startHostileSite();
	const statuses = async (path: string, times: number): Promise<number[]> => {
		const seen: number[] = [];
		for (let i = 0; i < times; i += 1) seen.push((await fetch(site.url + path)).status);
		return seen;
	};
	expect(await statuses('/flaky', 3)).toEqual([503, 200, 200]);
	expect(await statuses('/flaky?fail=2', 4)).toEqual([503, 503, 200, 200]);
	expect(await statuses('/flaky?fail=2&status=500', 3)).toEqual([500, 500, 200]);
});

test('/retry-after in seconds', async () => {
	await using site = await startHostileSite();
	const url = `${site.url}/retry-after?status=503&seconds=7&times=2`;
	const answers = [await fetch(url), await fetch(url), await fetch(url)];
	expect(answers.map(({ status }) => status)).toEqual([503, 503, 200]);
	expect(answers.map(({ headers }) => headers.get('retry-after'))).toEqual(['7', '7', null]);
	const usual = await fetch(`${site.url}/retry-after`);
	expect([usual.status, usual.headers.get('retry-after')]).toEqual([429, '1']);
});

test('/retry-after as a date', async () => {
	await using site = await startHostileSite();
	const before = Date.now();
	const ahead = Date.parse((await fetch(`${site.url}/retry-after?date=60`)).headers.get('retry-after') ?? '');
	expect(ahead).toBeGreaterThanOrEqual(before + 60_000);
	expect(ahead).toBeLessThanOrEqual(Date.now() + 61_000);
	const literal = await fetch(`${site.url}/retry-after?date=Fri,%2031%20Dec%201999%2023:59:59%20GMT`);
	expect(literal.headers.get('retry-after')).toBe('Fri, 31 Dec 1999 23:59:59 GMT');
});

test.each([200, 204, 304, 404, 418, 503, 599])('/status/%i', async (status) => {
	await using site = await startHostileSite();
	expect((await fetch(`${site.url}/status/${status}`)).status).toBe(status);
});

test.each(['99', '600', 'abc', ''])('/status/%s is 400', async (code) => {
	await using site = await startHostileSite();
	expect((await fetch(`${site.url}/status/${code}`)).status).toBe(400);
});
