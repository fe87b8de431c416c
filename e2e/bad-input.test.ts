import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from '@orbweaver/testkit';
import { describe, expect, it } from 'vitest';
import { type Ended, runProgram, runScript, startProgram } from './fixtures/process.ts';
import { storedRows } from './fixtures/stored.ts';
import { type TemporaryFolder, temporaryFolder } from './fixtures/temporary-folder.ts';

/** Nobody listens on port 1 of a test machine. */
const NOWHERE = 'http://127.0.0.1:1/';

/** The two ways to run a crawler: `npm run crawl`, and a script of one's own. */
const WAYS = [
	['npm run crawl', (url: string, storage: string) => runScript('crawl', url, '--storage', storage)],
	['a script', (url: string, storage: string) => runProgram('crawl', JSON.stringify({ storage }), url)],
] as const;

/** The process failed, and one line of what it wrote says all this. */
function expectFailure({ code, output }: Ended, ...words: string[]): void {
	expect(code, output).toBeGreaterThan(0);
	const line = output.split('\n').find((text) => words.every((word) => text.includes(word)));
	expect(line, `one line with ${words.join(' and ')} in:\n${output}`).toBeDefined();
}

async function makeDatabase(path: string, sql: string): Promise<Buffer> {
	const database = new DatabaseSync(path);
	database.exec(sql);
	database.close();
	return await readFile(path);
}

describe.concurrent('npm run crawl', () => {
	it.each([
		['a URL that is none', ['example.com'], ['"example.com" is not a URL', 'https://example.com/']],
		['a URL of another scheme', ['ftp://127.0.0.1/'], ['"ftp://127.0.0.1/" is not a URL that can be crawled']],
		['an unknown option', [NOWHERE, '--max-pagess', '3'], ['--max-pagess', '--max-pages,']],
		['a negative limit', [NOWHERE, '--max-pages=-1'], ['--max-pages must be', '-1']],
		['no limit at all', [NOWHERE, '--per-domain=0'], ['--per-domain must be', '0']],
		['a delay that is no number', [NOWHERE, '--delay', 'soon'], ['--delay must be a number', '"soon"']],
		['a negative delay', [NOWHERE, '--delay=-0.5'], ['--delay must be', '-0.5']],
		['a negative depth', [NOWHERE, '--max-depth=-2'], ['--max-depth must be', '-2']],
	])('says what is wrong with %s', async (_, args, words) => {
		await using folder = await temporaryFolder();
		const ended = await runScript('crawl', ...args, '--storage', folder.file('crawl.sqlite'));
		expectFailure(ended, ...words);
		// What the user typed is enough to go by: no stack, no line of ours.
		expect(ended.output).not.toMatch(/^\s+at /m);
	});
});

describe.concurrent('a script', () => {
	it.each([
		['an unknown option', { maxConcurency: 4 }, ['maxConcurency', 'maxConcurrency']],
		['a negative limit', { maxConcurrency: -4 }, ['maxConcurrency', '-4']],
		['a negative delay', { domainLimits: { minTime: -3 } }, ['domainLimits.minTime', '-3']],
		['an unknown limit', { domainLimits: { minTimes: 3 } }, ['domainLimits.minTimes', 'minTime']],
		['a retry that cannot be', { retry: { baseDelaySecs: 'soon' } }, ['retry.baseDelaySecs', 'soon']],
		[
			'an override for a URL',
			{ domainLimits: { overrides: { 'http://shop.example/': {} } } },
			['domainLimits.overrides["http://shop.example/"]', 'must be a domain'],
		],
	])('says what is wrong with %s', async (_, options, words) => {
		const ended = await runProgram('crawl', JSON.stringify({ storage: ':memory:', ...options }), NOWHERE);
		expectFailure(ended, ...words);
	});

	it('says which of many URLs is none, and makes no storage for them', async () => {
		await using folder = await temporaryFolder();
		const storage = folder.file('crawl.sqlite');
		const ended = await runProgram('crawl', JSON.stringify({ storage }), NOWHERE, 'no url', `${NOWHERE}2`);
		expectFailure(ended, '"no url" is not a URL');
		expect(existsSync(storage)).toBe(false);
	});
});

describe.concurrent.each(WAYS)('%s', (_, crawl) => {
	/** Crawls into something that is no storage of ours: it says so, and the folder holds what it held before. */
	async function expectUntouched(folder: TemporaryFolder, name: string, ...words: string[]): Promise<void> {
		const path = folder.file(name);
		const before = await readFile(path);
		const names = await readdir(folder.path);
		expectFailure(await crawl(NOWHERE, path), `storage "${path}"`, ...words);
		expect((await readFile(path)).equals(before)).toBe(true);
		expect(await readdir(folder.path)).toEqual(names);
	}

	it('refuses a text file as storage', async () => {
		await using folder = await temporaryFolder();
		await writeFile(folder.file('diary.txt'), 'Dear diary, today I was nearly overwritten.\n'.repeat(100));
		await expectUntouched(folder, 'diary.txt', 'is not an Orbweaver storage file');
	});

	it('refuses the database of another program', async () => {
		await using folder = await temporaryFolder();
		await makeDatabase(
			folder.file('books.db'),
			"CREATE TABLE request (title TEXT); INSERT INTO request VALUES ('Emma')",
		);
		await expectUntouched(folder, 'books.db', 'is not an Orbweaver storage file');
	});

	it('refuses a storage of a newer version', async () => {
		await using folder = await temporaryFolder();
		const storage = folder.file('crawl.sqlite');
		await using server = await startServer({ '/': '<p>A page</p>' });
		expect((await crawl(server.url, storage)).code).toBe(0);
		await makeDatabase(storage, 'PRAGMA user_version = 4711');
		await expectUntouched(folder, 'crawl.sqlite', 'newer Orbweaver', '4711');
	});

	it('refuses a folder as storage', async () => {
		await using folder = await temporaryFolder();
		await mkdir(folder.file('storage'));
		expectFailure(await crawl(NOWHERE, folder.file('storage')), `storage "${folder.file('storage')}" is a folder`);
		expect(await readdir(folder.path, { recursive: true })).toEqual(['storage']);
	});

	it('refuses a storage that another process is using, which goes on undisturbed', async () => {
		await using folder = await temporaryFolder();
		const storage = folder.file('crawl.sqlite');
		let answer = (): void => {};
		const asked = new Promise<void>((resolve) => {
			answer = resolve;
		});
		await using server = await startServer({
			'/': async (_request, response) => {
				await asked;
				response.setHeader('Content-Type', 'text/html');
				response.end('<a href="/next">next</a>');
			},
			'/next': '<p>The end</p>',
		});
		await using first = startProgram('crawl', JSON.stringify({ storage }), server.url);
		while (server.log.hits('/') === 0) await sleep(1);
		expectFailure(await crawl(server.url, storage), `storage "${storage}" is in use`);
		answer();
		expect(await first.ended).toMatchObject({ code: 0 });
		expect(await storedRows(storage)).toHaveLength(2);
	});

	it('says that robots.txt forbids the only address', async () => {
		await using folder = await temporaryFolder();
		const robots = { headers: { 'Content-Type': 'text/plain' }, body: 'User-agent: *\nDisallow: /\n' };
		await using server = await startServer({ '/robots.txt': robots, '/': '<p>A page</p>' });
		expectFailure(await crawl(`${server.url}/`, folder.file('crawl.sqlite')), 'robots.txt');
		expect(server.log.hits('/')).toBe(0);
	});

	it('says that nobody answers at the address', async () => {
		await using folder = await temporaryFolder();
		expectFailure(await crawl(NOWHERE, folder.file('crawl.sqlite')), NOWHERE, 'ECONNREFUSED');
	});
});
