import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { Crawler } from '@orbweaver/core';
import { startStaticSite, type TestServer } from '@orbweaver/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FoundSite } from './fixtures/plain-crawl.ts';
import { runProgram, runScript } from './fixtures/process.ts';
import { repeated, storedRows } from './fixtures/stored.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

/** Where Debian's python3-doc lies: a site of some 500 pages that nobody here wrote. */
const DOCUMENTATION = '/usr/share/doc/python3/html';
const hasDocumentation = existsSync(`${DOCUMENTATION}/index.html`);
if (!hasDocumentation) console.log(`Skipped: ${DOCUMENTATION} is not there; apt-get install python3-doc brings it.`);

const wgetPath = (process.env.PATH ?? '')
	.split(':')
	.map((folder) => `${folder}/wget`)
	.find((path) => existsSync(path));
if (wgetPath === undefined) console.log('Skipped the comparison with wget, which is not installed.');

/** The paths of the addresses in order, so that sites on different ports can be compared. */
function paths(urls: readonly string[]): string[] {
	return urls.map((url) => url.slice(new URL(url).origin.length)).toSorted();
}

describe.skipIf(!hasDocumentation)('the documentation of Python', () => {
	let site: TestServer;
	let found: FoundSite;

	beforeAll(async () => {
		site = await startStaticSite(DOCUMENTATION, { followSymlinks: true });
		await using folder = await temporaryFolder();
		const storage = folder.file('python.sqlite');
		const startedAt = performance.now();
		const { code, output } = await runScript('crawl', `${site.url}/`, '--storage', storage);
		const seconds = (performance.now() - startedAt) / 1_000;
		expect(code, output).toBe(0);
		const pages = (await storedRows<{ url: string }>(storage)).map(({ url }) => url);
		const failed = await new Crawler({ storage }).failedRequests({ limit: 10_000 });
		found = { pages, broken: failed.map(({ url }) => url) };
		const figures = `${pages.length} pages, ${failed.length} broken links, ${seconds.toFixed(1)} s with npm and all`;
		console.log(`The documentation of Python: ${figures}.`);
	});

	afterAll(() => site.close());

	it('is crawled with each page once', () => {
		expect(found.pages.length).toBeGreaterThan(100);
		expect(repeated(found.pages)).toEqual([]);
		const counts = site.log.counts();
		expect([...counts].filter(([, count]) => count !== 1)).toEqual([]);
	});

	// No class of difference is left out: this site has no links that our default rules merge (tracking parameters, the
	// order of a query), so both sides must name the same addresses to the letter.
	it('has the pages and broken links that a plain loop with parse5 finds', async () => {
		await using copy = await startStaticSite(DOCUMENTATION, { followSymlinks: true });
		const { code, stdout, stderr } = await runProgram('plain-crawl', `${copy.url}/`);
		expect(code, stderr).toBe(0);
		const oracle = JSON.parse(stdout) as FoundSite;
		expect(paths(found.pages)).toEqual(paths(oracle.pages));
		expect(paths(found.broken)).toEqual(paths(oracle.broken));
	});

	it.skipIf(wgetPath === undefined)('has the pages and broken links that wget finds', async () => {
		await using copy = await startStaticSite(DOCUMENTATION, { followSymlinks: true });
		await using folder = await temporaryFolder();
		const recursive = ['--recursive', '--level=inf', '--no-parent', '--follow-tags=a,area'];
		const leavingNothing = ['--no-config', '-e', 'robots=off', '--delete-after', '--no-directories', '--quiet'];
		const wget = spawn(wgetPath as string, [...recursive, ...leavingNothing, `${copy.url}/`], {
			cwd: folder.path,
			stdio: 'ignore',
		});
		await once(wget, 'close');
		const answered = (status: number): string[] => [
			...new Set(copy.log.select((request) => request.status === status).map(({ url }) => url)),
		];
		expect(paths(found.pages)).toEqual(answered(200).toSorted());
		expect(paths(found.broken)).toEqual(answered(404).toSorted());
	});
});
