import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startManyDomains } from '@orbweaver/testkit';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { listenForStop, withoutCrawleesSigint } from '../../src/crawler/stop-signals.ts';
import { SqliteStore } from '../../src/index.ts';
import { tempStorage } from './crawl.ts';

interface Child {
	readonly process: ChildProcess;
	readonly output: () => string;
	readonly exit: Promise<number | null>;
}

function crawlInChild(site: string, storage: string, handlerMs: number): Child {
	const script = fileURLToPath(new URL('stop-child.ts', import.meta.url));
	const child = spawn(process.execPath, [script, site, storage, String(handlerMs)]);
	onTestFinished(() => {
		child.kill('SIGKILL');
	});
	let output = '';
	for (const stream of [child.stdout, child.stderr])
		stream.on('data', (data) => {
			output += data;
		});
	const exit = new Promise<number | null>((resolve) => {
		child.once('close', resolve);
	});
	return { process: child, output: () => output, exit };
}

async function storedUrls(storage: string): Promise<string[]> {
	await using store = SqliteStore.open(storage);
	const { json } = await store.readItems('default', { offset: 0, limit: 1_000 });
	return json.map((text) => (JSON.parse(text) as { url: string }).url).sort();
}

describe('a crawl in a process of its own', () => {
	test.each([
		['SIGINT', 130],
		['SIGTERM', 143],
	] as const)(
		'%s: the pages in flight are finished, the next run does the rest',
		async (signal, code) => {
			await using site = await startManyDomains({ domains: 1, pagesPerDomain: 12, linked: false });
			const storage = await tempStorage();
			const first = crawlInChild(site.domains[0]?.url as string, storage, 300);
			await expect.poll(first.output, { timeout: 10_000 }).toContain('http');
			first.process.kill(signal);

			expect(await first.exit).toBe(code);
			const seen = first.output().match(/^http.*$/gm) ?? [];
			expect(seen.length).toBeLessThan(12);
			expect(first.output()).toContain(`finished ${seen.length}, new listeners 0`);
			expect(first.output()).toContain(`${signal}: finishing the pages in flight; once more to leave at once.`);
			expect(first.output()).not.toMatch(/CRAWLEE_|Pausing/);
			expect(await storedUrls(storage)).toEqual([...seen].sort());

			const second = crawlInChild(site.domains[0]?.url as string, storage, 0);
			expect(await second.exit).toBe(0);
			expect(await storedUrls(storage)).toEqual([...site.pages].sort());
		},
		20_000,
	);

	test('a second signal leaves at once; what was done is kept, and nothing comes twice', async () => {
		await using site = await startManyDomains({ domains: 1, pagesPerDomain: 12, linked: false });
		const storage = await tempStorage();
		const first = crawlInChild(site.domains[0]?.url as string, storage, 60_000);
		await expect.poll(first.output, { timeout: 10_000 }).toContain('http');
		first.process.kill('SIGINT');
		await expect.poll(first.output).toContain('once more to leave at once');
		// The terminal and npm both send it: two that come together are one.
		first.process.kill('SIGINT');
		await sleep(1_100);
		expect(first.process.exitCode).toBeNull();
		first.process.kill('SIGINT');
		expect(await first.exit).toBe(130);

		const second = crawlInChild(site.domains[0]?.url as string, storage, 0);
		expect(await second.exit).toBe(0);
		expect(await storedUrls(storage)).toEqual([...site.pages].sort());
	}, 20_000);
});

describe('listenForStop', () => {
	test('stops at the first signal, abandons when that takes too long, and ends what is still there then', async () => {
		const { exitCode } = process;
		const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
		onTestFinished(() => exit.mockRestore());
		const before = process.listeners('SIGTERM').length;
		const calls: string[] = [];
		const forget = listenForStop({
			graceMs: 20,
			stop: (signal) => calls.push(signal),
			abandon: () => calls.push('abandon'),
		});
		process.emit('SIGTERM', 'SIGTERM');

		await expect.poll(() => calls).toEqual(['SIGTERM', 'abandon']);
		expect(process.exitCode).toBe(143);
		forget();
		process.exitCode = exitCode;
		expect(process.listeners('SIGTERM')).toHaveLength(before);
		expect(exit).not.toHaveBeenCalled();
		await expect.poll(() => exit.mock.calls, { timeout: 10_000 }).toEqual([[]]);
	});

	test('a process is left alone after a run whose pages ended in time', async () => {
		const { exitCode } = process;
		const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never);
		onTestFinished(() => exit.mockRestore());
		const forget = listenForStop({ graceMs: 50, stop: () => {}, abandon: () => {} });
		process.emit('SIGTERM', 'SIGTERM');
		forget();
		process.exitCode = exitCode;
		await sleep(1_200);
		expect(exit).not.toHaveBeenCalled();
	});
});

describe('withoutCrawleesSigint', () => {
	test("takes off the listener that was put on just before the pool runs, and nobody else's", async () => {
		const others = [(): void => {}, (): void => {}];
		const crawlees = (): void => {};
		let during: unknown[] = [];
		const pool = {
			run: async () => {
				during = process.listeners('SIGINT');
			},
		};
		process.on('SIGINT', others[0] as () => void);
		withoutCrawleesSigint(pool);
		process.on('SIGINT', others[1] as () => void);
		process.once('SIGINT', crawlees);
		await pool.run();
		for (const listener of others) process.off('SIGINT', listener);

		expect(during).toEqual(expect.arrayContaining(others));
		expect(during).not.toContain(crawlees);
	});

	test('takes off nothing when there is nothing new', async () => {
		const other = (): void => {};
		process.on('SIGINT', other);
		const pool = { run: async () => {} };
		withoutCrawleesSigint(pool);
		await pool.run();

		expect(process.listeners('SIGINT')).toContain(other);
		process.off('SIGINT', other);
	});
});
