import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '@orbweaver/testkit';
import { expect, it } from 'vitest';
import { startFile } from '../fixtures/process.ts';
import { storageFacts } from '../fixtures/storage-file.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

it('SIGTERM while a handler never ends: after stopGraceSecs its page is given back, exit code 143, the next start goes on', async () => {
	await using site = await startServer({ '/*': 'page' });
	await using folder = await temporaryFolder();
	const storage = folder.file('crawl.sqlite');
	const urls = ['/endless', '/short'].map((path) => site.url + path);
	const args = [JSON.stringify({ storage, respectRobotsTxtFile: false, stopGraceSecs: 0.5 }), ...urls];
	await using stopped = startFile('e2e/fixtures/stubborn-crawl.ts', args, { env: { ENDLESS: '1' } });
	while (site.log.select(({ status }) => status === 200).length < urls.length) await sleep(1);
	stopped.signal('SIGTERM');
	const { code, signal, output } = await stopped.ended;
	expect({ code, signal }, output).toEqual({ code: 143, signal: null });
	const half = storageFacts(storage);
	expect(Object.fromEntries(half.requests)).toEqual({ waiting: [urls[0]], handled: [urls[1]] });
	expect(half.items).toEqual([{ url: urls[1] }]);

	await using next = startFile('e2e/fixtures/stubborn-crawl.ts', args);
	const ended = await next.ended;
	expect(ended.code, ended.output).toBe(0);
	const whole = storageFacts(storage);
	expect(Object.fromEntries(whole.requests)).toEqual({ handled: urls });
	expect(whole.items).toEqual([{ url: urls[1] }, { url: urls[0] }]);
	expect(site.log.hits('/short')).toBe(1);
});
