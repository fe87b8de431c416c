import { expect, it } from 'vitest';
import { fireCrawl, uncaught } from '../fixtures/fire-process.ts';
import { startFireSite } from '../fixtures/fire-site.ts';
import { expectWholeCrawl } from '../fixtures/fire-truth.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

it('a second process on the same storage is refused, and the first one goes on as if it had not been', async () => {
	await using site = await startFireSite(60);
	await using folder = await temporaryFolder();
	const options = { storage: folder.file('crawl.sqlite') };
	let second: ReturnType<typeof fireCrawl> | undefined;
	// One page waits for the end of the second process: the first has the file all the while.
	site.beforeAnswer = async () => {
		if (site.count() < 30) return;
		second ??= fireCrawl(site, { options });
		await second;
	};
	const first = await fireCrawl(site, { options });
	const refused = await second;
	expect(refused?.code, refused?.output).toBe(1);
	expect(refused && uncaught(refused)).toEqual([
		`StorageError: storage "${options.storage}" is in use by another crawl; wait until it ends, stop it, or choose another file.`,
	]);
	expect(first.code, first.output).toBe(0);
	expectWholeCrawl(site, options);
});
