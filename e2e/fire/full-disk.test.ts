import { describe, expect, it } from 'vitest';
import { fireCrawl, uncaught } from '../fixtures/fire-process.ts';
import { startFireSite } from '../fixtures/fire-site.ts';
import { expectWholeCrawl } from '../fixtures/fire-truth.ts';
import { canMount, smallDisk } from '../fixtures/small-disk.ts';
import { scaled } from '../fixtures/soak.ts';
import { storageFacts } from '../fixtures/storage-file.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const PAGES = scaled(150, 1_500);

describe.skipIf(!canMount)('a full disk (skipped where no disk can be mounted: it takes root on Linux)', () => {
	it('under the storage: one error that names the file and the way out; with more room the crawl goes on', async () => {
		await using site = await startFireSite(PAGES);
		await using disk = smallDisk(scaled('700k', '2m'));
		const options = { storage: disk.file('crawl.sqlite') };

		const full = await fireCrawl(site, { options });
		expect(full.code, full.output).toBe(1);
		expect(uncaught(full)).toEqual([
			`StorageError: storage "${options.storage}" cannot be written: database or disk is full. What was committed is kept; make room on the disk and start again to go on.`,
		]);
		const { integrity, requests, items, values } = storageFacts(options.storage);
		expect(integrity).toBe('ok');
		const handled = requests.get('handled') ?? [];
		expect(handled.length).toBeGreaterThan(0);
		// Each page whole: its rows, its value, and the count of all of them.
		expect(new Set(items.map((item) => (item as { page: number }).page)).size).toBe(handled.length);
		expect(values.size).toBe(handled.length + 1);
		expect(values.get('CRAWLEE_STATE')).toMatchObject({ pages: handled.length });

		const still = await fireCrawl(site, { options });
		expect(still.code, still.output).toBe(1);
		expect(uncaught(still)).toHaveLength(1);
		expect(uncaught(still)[0]).toMatch(/^StorageError: storage ".*crawl\.sqlite" cannot be .* make room on the disk/);

		disk.resize('100m');
		const roomy = await fireCrawl(site, { options });
		expect(roomy.code, roomy.output).toBe(0);
		expectWholeCrawl(site, options);
	});

	it('under the output file: one error; the rows are in the storage, and with more room in the file too', async () => {
		await using site = await startFireSite(PAGES);
		await using folder = await temporaryFolder();
		await using disk = smallDisk('4k');
		const options = { storage: folder.file('crawl.sqlite'), output: disk.file('items.jsonl') };

		const full = await fireCrawl(site, { options });
		expect(full.code, full.output).toBe(1);
		expect(uncaught(full)).toEqual([
			`StorageError: output "${options.output}" cannot be written: ENOSPC: no space left on device, write. The rows are in the storage; mend the cause and start again to go on.`,
		]);
		const { integrity, requests, values } = storageFacts(options.storage);
		expect(integrity).toBe('ok');
		expect(requests.has('leased')).toBe(false);
		expect(values.get('CRAWLEE_STATE')).toMatchObject({ pages: requests.get('handled')?.length });

		disk.resize('100m');
		const roomy = await fireCrawl(site, { options });
		expect(roomy.code, roomy.output).toBe(0);
		expectWholeCrawl(site, options);
	});
});
