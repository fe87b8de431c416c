import { readFileSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { log, StorageError } from '@orbweaver/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DAMAGES, damaged, type FilePage, pagesOf } from '../fixtures/file-damage.ts';
import { fireCrawler } from '../fixtures/fire-crawler.ts';
import { fireCrawl, uncaught } from '../fixtures/fire-process.ts';
import { type FireSite, startFireSite } from '../fixtures/fire-site.ts';
import { expectWholeCrawl } from '../fixtures/fire-truth.ts';
import { between, seededRandom } from '../fixtures/seed.ts';
import { scaled } from '../fixtures/soak.ts';
import { type TemporaryFolder, temporaryFolder } from '../fixtures/temporary-folder.ts';

const PAGES = 200;
const DAMAGED_PAGES = scaled(9, 120);
const CUTS = scaled(3, 20);

const random = seededRandom('damaged files');
let site: FireSite;
let folder: TemporaryFolder;
/** A storage whose crawl was stopped in the middle, and one whose process was killed. */
let half: Buffer;
let killed: { readonly file: Buffer; readonly wal: Buffer };
let pages: readonly FilePage[];
let items: readonly Item[];
let files = 0;

interface Item {
	readonly id: number;
	readonly data: string;
}

beforeAll(async () => {
	log.setLevel(log.LEVELS.OFF);
	site = await startFireSite(PAGES);
	folder = await temporaryFolder();
	const storage = folder.file('whole.sqlite');
	const crawler = fireCrawler({ storage });
	const run = crawler.run([site.url]);
	while (site.count() < PAGES / 2) await sleep(1);
	// Between two steps of the crawl, as a process that is killed would leave them.
	killed = { file: readFileSync(storage), wal: readFileSync(`${storage}-wal`) };
	crawler.stop();
	await run;
	half = readFileSync(storage);
	pages = pagesOf(storage);
	items = readItems(storage);
});

afterAll(async () => {
	log.setLevel(log.LEVELS.INFO);
	await site[Symbol.asyncDispose]();
	await folder[Symbol.asyncDispose]();
});

/** Writes a storage file of this content. */
function storageWith(content: Buffer, wal?: Buffer): string {
	const path = folder.file(`${files++}.sqlite`);
	writeFileSync(path, content);
	if (wal !== undefined) writeFileSync(`${path}-wal`, wal);
	return path;
}

/** Goes on with the crawl; answers the error that it ends with, if it does. */
async function goOn(storage: string): Promise<StorageError | undefined> {
	try {
		await fireCrawler({ storage }).run([site.url]);
		return undefined;
	} catch (error) {
		expect(error).toBeInstanceOf(StorageError);
		expect((error as StorageError).message).toContain(`storage "${storage}" `);
		return error as StorageError;
	}
}

/** The rows that can be read, one after another, without an index. */
function readItems(storage: string): Item[] {
	using database = new DatabaseSync(storage, { readOnly: true });
	return (database.prepare('SELECT id, data FROM item NOT INDEXED ORDER BY id').all() as unknown as Item[]).map(
		({ id, data }) => ({ id, data }),
	);
}

/** Those of the rows that were there that cannot be read any more, or not as they were. */
function lostItems(storage: string): Item[] {
	using database = new DatabaseSync(storage, { readOnly: true });
	const read = (id: number): unknown => {
		try {
			return database.prepare('SELECT data FROM item WHERE id = ?').get(id)?.data;
		} catch {
			return undefined;
		}
	};
	return items.filter(({ id, data }) => read(id) !== data);
}

describe('a damaged page in the middle of the file', () => {
	it(
		'is told of as soon as it is met, and what is on other pages can be read',
		async () => {
			const inner = pages.filter(({ number }) => number > 1);
			for (let n = 0; n < DAMAGED_PAGES; n++) {
				const page = inner[between(random, 0, inner.length - 1)] as FilePage;
				const damage = DAMAGES[n % DAMAGES.length] as (typeof DAMAGES)[number];
				const storage = storageWith(damaged(half, page.number, damage, random));
				const error = await goOn(storage);
				const what = `${damage} on page ${page.number} (${page.owner}): ${error?.message ?? 'not met'}`;
				// A few bytes may change a value, and nobody can see that it was another.
				if (error !== undefined && damage !== 'a few bytes') {
					expect(error.code, what).toBe('ORB_STORAGE_DAMAGED');
					expect(error.message, what).toContain(`sqlite3 "${storage}" .recover`);
				}
				if (page.owner === 'sqlite_schema') continue;
				const lost = lostItems(storage);
				if (page.owner !== 'item') expect(lost, what).toEqual([]);
				else if (page.isLeaf) expect(lost.length, what).toBeLessThanOrEqual(page.cells);
			}
		},
		scaled(60_000, 600_000),
	);

	it('ends the process with exit code 1; the copy of the file that was put back goes on', async () => {
		const { number } = pages.find(({ owner, isLeaf }) => owner === 'request' && !isLeaf) as FilePage;
		const storage = storageWith(damaged(half, number, 'noise', random));
		const ended = await fireCrawl(site, { options: { storage } });
		expect(ended.code, ended.output).toBe(1);
		expect(uncaught(ended)).toEqual([
			`StorageError: storage "${storage}" is damaged: database disk image is malformed. Put a copy of the file in its place, or go on with what can be read of it: sqlite3 "${storage}" .recover | sqlite3 "${storage}.recovered".`,
		]);
		const copy = storageWith(half);
		expect(await goOn(copy)).toBeUndefined();
		expectWholeCrawl(site, { storage: copy });
	});
});

describe('a file that was cut', () => {
	it('is damaged; with nothing of its first page left it is none of ours, and is left as it is', async () => {
		for (let n = 0; n < CUTS; n++) {
			const length = between(random, 4_096, half.length - 4_096);
			const error = await goOn(storageWith(half.subarray(0, length)));
			expect(error?.code, `cut to ${length} bytes`).toBe('ORB_STORAGE_DAMAGED');
		}
		const stump = half.subarray(0, between(random, 1, 100));
		const storage = storageWith(stump);
		expect((await goOn(storage))?.code).toBe('ORB_STORAGE_FOREIGN');
		expect(readFileSync(storage).equals(stump)).toBe(true);
	});
});

describe('a damaged log (-wal)', () => {
	it('of nothing but garbage is no log: the crawl goes on', async () => {
		const storage = storageWith(half, Buffer.alloc(100_000, 'garbage'));
		expect(await goOn(storage)).toBeUndefined();
		expectWholeCrawl(site, { storage });
	});

	it.each(['cut', 'with a few other bytes'])(
		'%s counts up to there: the crawl goes on from that commit',
		async (how) => {
			for (let n = 0; n < CUTS; n++) {
				const at = between(random, 100, killed.wal.length - 1);
				const wal = Buffer.from(killed.wal);
				wal.fill(`${random()}`, at, at + 8);
				const storage = storageWith(killed.file, how === 'cut' ? wal.subarray(0, at) : wal);
				expect(await goOn(storage), `at byte ${at}`).toBeUndefined();
				expectWholeCrawl(site, { storage });
			}
		},
	);
});
