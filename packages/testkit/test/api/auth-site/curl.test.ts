import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import type { AuthSite } from '../../../src/index.ts';
import { startAuthSite } from '../../../src/index.ts';

const run = promisify(execFile);
const version = spawnSync('curl', ['--version'], { encoding: 'utf8' }).stdout ?? '';

/** The statuses that a curl run got, those on the way included. */
async function curl(site: AuthSite, ...args: string[]): Promise<number[]> {
	const before = site.log.requests.length;
	// --disable keeps a .curlrc out of the test; --noproxy keeps the environment's proxies out.
	const usual = ['--disable', '--noproxy', '*', '--silent', '--show-error', '--output', '/dev/null'];
	await run('curl', [...usual, ...args]);
	return site.log.requests.slice(before).map(({ status }) => status);
}

/** A test that has to do with curl, and says so where there is none. */
function curlTest(name: string, body: (site: AuthSite) => Promise<void>): void {
	test(name, async (context) => {
		if (version === '') return context.skip('curl is not installed here');
		await using site = await startAuthSite();
		await body(site);
	});
}

curlTest('curl --basic gets in', async (site) => {
	expect(await curl(site, '--basic', '--user', `${site.user}:${site.password}`, `${site.url}/basic`)).toEqual([200]);
	expect(await curl(site, '--basic', '--user', `${site.user}:wrong`, `${site.url}/basic`)).toEqual([401]);
});

for (const algorithm of ['MD5', 'MD5-sess', 'SHA-256', 'SHA-256-sess']) {
	curlTest(`curl --digest gets in by ${algorithm} with the password, and only with it`, async (site) => {
		for (const qop of ['auth', 'auth-int', 'auth,auth-int']) {
			const url = `${site.url}/digest/${algorithm}?qop=${qop}`;
			const right = ['--digest', '--user', `${site.user}:${site.password}`];
			expect(await curl(site, ...right, url)).toEqual([401, 200]);
			expect(await curl(site, '--digest', '--user', `${site.user}:wrong`, url)).toEqual([401, 401]);
		}
	});
}

curlTest('what curl sent does not get in again, by itself or changed', async (site) => {
	const url = `${site.url}/digest/SHA-256`;
	await curl(site, '--digest', '--user', `${site.user}:${site.password}`, url);
	const authorization = site.log.requests.at(-1)?.headers.authorization ?? '';
	expect(authorization).toMatch(/^Digest .*nc=00000001/);
	for (const sent of [
		authorization,
		authorization.replace('nc=00000001', 'nc=00000002'),
		authorization.replace(/cnonce="./, 'cnonce="?'),
		authorization.replace(/opaque="./, 'opaque="?'),
		authorization.replace(/response="./, 'response="?'),
	]) {
		expect((await fetch(url, { headers: { authorization: sent } })).status, sent).toBe(401);
	}
	expect((await fetch(`${url}?x`, { headers: { authorization } })).status).toBe(400);
});
