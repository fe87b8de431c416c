import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '@orbweaver/testkit';
import { expect, it } from 'vitest';
import { startFile } from '../fixtures/process.ts';
import { between, seededRandom } from '../fixtures/seed.ts';
import { scaled } from '../fixtures/soak.ts';
import { storageFacts } from '../fixtures/storage-file.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const SIGNALS = ['SIGINT', 'SIGTERM'] as const;
const ROUNDS = scaled(2, 10);

it(
	'a crawl that has begun leaves with 130 or 143; before, the process dies by the signal; nothing is lost or comes twice',
	async () => {
		const random = seededRandom('signals');
		await using site = await startServer(async (_request, response) => {
			await sleep(15);
			response.end('page');
		});
		await using folder = await temporaryFolder();
		const storage = folder.file('crawl.sqlite');
		const urls = Array.from({ length: ROUNDS * 250 }, (_, n) => `${site.url}/${n}`);
		const limits = { maxConcurrent: 1, minTime: 0 };
		const args = [JSON.stringify({ storage, respectRobotsTxtFile: false, domainLimits: limits }), ...urls];

		for (let round = 0; round < ROUNDS; round++) {
			for (const signal of SIGNALS) {
				for (const begun of [true, false]) {
					const before = site.log.hits();
					await using crawl = startFile('e2e/fixtures/stubborn-crawl.ts', args);
					while (begun && site.log.hits() === before) await sleep(1);
					await sleep(between(random, 0, begun ? 150 : 300));
					crawl.signal(signal);
					const ended = await crawl.ended;
					const gently = { code: 128 + constants.signals[signal], signal: null };
					const killed = { code: null, signal };
					const how = { code: ended.code, signal: ended.signal };
					if (begun) expect(how, ended.output).toEqual(gently);
					else expect([gently, killed], ended.output).toContainEqual(how);
				}
			}
		}
		await using last = startFile('e2e/fixtures/stubborn-crawl.ts', args);
		const { code, output } = await last.ended;
		expect(code, output).toBe(0);
		const { requests, items } = storageFacts(storage);
		expect([...(requests.get('handled') ?? [])].sort()).toEqual([...urls].sort());
		expect(items.map((item) => (item as { url: string }).url).sort()).toEqual([...urls].sort());
		// Pages in flight were finished: none was fetched again.
		expect(site.log.hits()).toBe(urls.length);
	},
	scaled(120_000, 600_000),
);
