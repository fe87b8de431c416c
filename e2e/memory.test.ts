import { startHostileSite } from '@orbweaver/testkit';
import { describe, expect, it } from 'vitest';
import { runProgram } from './fixtures/process.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

describe('a crawl of the hostile site', () => {
	it('ends by itself, within 400 MB, with everything harmless fetched', async () => {
		await using site = await startHostileSite();
		await using folder = await temporaryFolder();
		const options = {
			storage: folder.file('hostile.sqlite'),
			// Endless bodies and silence shall not make the test long; a page with 100,000 links is long enough.
			navigationTimeoutSecs: 3,
			maxRequestRetries: 1,
			maxRequestsPerCrawl: 500,
		};
		const { code, output } = await runProgram('weighed-crawl', JSON.stringify(options), `${site.url}/`);
		expect(code, output).toBe(0);
		const [, kilobytes] = /max RSS (\d+) KB/.exec(output) ?? [];
		const megabytes = Number(kilobytes) / 1_024;
		console.log(`${Math.round(megabytes)} MB at most`);
		expect(megabytes).toBeLessThan(400);
		const notAsked = site.routes.filter(({ path }) => site.log.hits(path) === 0).map(({ path }) => path);
		expect(notAsked).toEqual([]);
		// The links of the largest page were stored and followed.
		expect(site.log.hits(({ url }) => url.startsWith('/leaf/'))).toBeGreaterThan(100);
	});
});
