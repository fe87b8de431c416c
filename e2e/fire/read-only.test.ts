import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { SqliteStore } from '@orbweaver/core';
import { describe, expect, it } from 'vitest';
import { fireCrawl, uncaught } from '../fixtures/fire-process.ts';
import { startFireSite } from '../fixtures/fire-site.ts';
import { expectWholeCrawl } from '../fixtures/fire-truth.ts';
import type { Ended } from '../fixtures/process.ts';
import { canMount, smallDisk } from '../fixtures/small-disk.ts';
import { temporaryFolder } from '../fixtures/temporary-folder.ts';

const PAGES = 60;
const HALF = PAGES / 2;

/** Lets nobody write to a file: root may write whatever the mode says, but not to an immutable file. */
function setReadOnly(file: string, isReadOnly: boolean): void {
	if (process.getuid?.() === 0) execFileSync('chattr', [isReadOnly ? '+i' : '-i', file], { stdio: 'pipe' });
	else chmodSync(file, isReadOnly ? 0o444 : 0o644);
}

/** Whether that can be done here: not every file system knows of immutable files. */
async function canBeReadOnly(): Promise<boolean> {
	await using folder = await temporaryFolder();
	const file = folder.file('probe');
	writeFileSync(file, '');
	try {
		setReadOnly(file, true);
		setReadOnly(file, false);
		return true;
	} catch {
		return false;
	}
}

describe.skipIf(!(await canBeReadOnly()))(
	'a file that was made read-only (skipped where chattr +i is not known)',
	() => {
		it('is one error before the first page; writable again, the crawl goes on', async () => {
			await using site = await startFireSite(PAGES);
			await using folder = await temporaryFolder();
			const options = { storage: folder.file('crawl.sqlite'), output: folder.file('items.jsonl') };
			const interruption = { isTime: () => site.count() >= HALF, signal: 'SIGTERM' } as const;
			const stopped = await fireCrawl(site, { options, interruption });
			expect(stopped.code, stopped.output).toBe(143);
			const before = site.count();

			for (const [which, message] of [
				[
					'storage',
					/^StorageError: storage ".*crawl\.sqlite" cannot be opened: attempt to write a readonly database\. Nothing in it was changed; make the file and its folder readable and writable for this user and start again to go on\.$/,
				],
				[
					'output',
					/^StorageError: output ".*items\.jsonl" cannot be written: E(PERM|ACCES): .*\. The rows are in the storage; mend the cause and start again to go on\.$/,
				],
			] as const) {
				const file = options[which];
				const bytes = readFileSync(file);
				setReadOnly(file, true);
				try {
					expectRefused(await fireCrawl(site, { options }), message);
					expect(readFileSync(file).equals(bytes)).toBe(true);
				} finally {
					setReadOnly(file, false);
				}
			}
			expect(site.count()).toBe(before);

			const finished = await fireCrawl(site, { options });
			expect(finished.code, finished.output).toBe(0);
			expectWholeCrawl(site, options);
		});
	},
);

describe.skipIf(!canMount)('a read-only disk (skipped where no disk can be mounted: it takes root on Linux)', () => {
	it('is one error before the first page, whether there is a storage on it or not', async () => {
		await using site = await startFireSite(1);
		await using disk = smallDisk('10m');
		const options = { storage: disk.file('crawl.sqlite') };
		const message =
			/^StorageError: storage ".*crawl\.sqlite" cannot be \w+: .*\. Nothing in it was changed; make the file and its folder readable and writable for this user and start again to go on\.$/;
		disk.setReadOnly(true);
		expectRefused(await fireCrawl(site, { options }), message);
		disk.setReadOnly(false);
		await SqliteStore.open(options.storage).close();
		disk.setReadOnly(true);
		expectRefused(await fireCrawl(site, { options }), message);
		expect(site.count()).toBe(0);
	});
});

function expectRefused(refused: Ended, message: RegExp): void {
	expect(refused.code, refused.output).toBe(1);
	expect(uncaught(refused)).toEqual([expect.stringMatching(message)]);
}
