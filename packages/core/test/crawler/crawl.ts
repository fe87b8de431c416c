import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { Crawler, type CrawlerOptions, type Dataset, LogLevel, log } from '../../src/index.ts';

log.setLevel(LogLevel.OFF);

/** Options of every crawl in these tests: retries at once, nothing beside the server's own pages is asked for. */
const QUICK: CrawlerOptions = { retry: { baseDelaySecs: 0.01 }, respectRobotsTxtFile: false };

/** A folder that is gone after the test. */
export async function tempFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'orbweaver-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	return folder;
}

/** The path of a storage file that does not exist yet. */
export async function tempStorage(): Promise<string> {
	return join(await tempFolder(), 'crawl.sqlite');
}

/** A crawler in memory, disposed of after the test; `process.exitCode` is put back, for a failed crawl sets it. */
export function testCrawler(options: CrawlerOptions = {}): Crawler {
	const { exitCode } = process;
	const storage = options.requestQueue === undefined && options.storage === undefined ? { storage: ':memory:' } : {};
	const robots = options.requestQueue === undefined ? QUICK : { retry: QUICK.retry as object };
	const crawler = new Crawler({ ...robots, ...storage, ...options });
	onTestFinished(async () => {
		process.exitCode = exitCode;
		await crawler[Symbol.asyncDispose]();
	});
	return crawler;
}

/** The rows of the default dataset, or of another. */
export async function rowsOf(crawler: Crawler, dataset?: string): Promise<Record<string, unknown>[]> {
	const opened: Dataset = await crawler.getDataset(dataset);
	const { items } = await opened.getData();
	return items;
}

/** Collects what would otherwise end the process. */
export function watchRejections(): unknown[] {
	const seen: unknown[] = [];
	const listener = (reason: unknown): void => {
		seen.push(reason);
	};
	process.on('unhandledRejection', listener);
	onTestFinished(() => {
		process.off('unhandledRejection', listener);
	});
	return seen;
}
