import { startShop } from '@orbweaver/testkit';
import { expect, it, vi } from 'vitest';
import { Crawler, InvalidOptionError, LogLevel } from '../../src/index.ts';
import type { MonitorAnswer, MonitorCommand, MonitoredLine } from '../../src/numbers/crawl-monitor.ts';
import type { CrawlNumbers } from '../../src/numbers/crawl-numbers.ts';

/** The shop asks for a pause of a second now and then. */
const SLOW = { timeout: 20_000 };

/** A monitor that keeps what it is given. */
class KeepingMonitor {
	readonly lines: MonitoredLine[] = [];
	readonly looks: CrawlNumbers[] = [];
	readonly pageUrl = 'http://127.0.0.1:7373/';
	command: ((command: MonitorCommand) => Promise<MonitorAnswer>) | undefined;

	publish(line: MonitoredLine): void {
		this.lines.push(line);
	}

	numbers(_source: string, numbers: CrawlNumbers): void {
		this.looks.push(numbers);
	}

	onCommand(_source: string, handler: (command: MonitorCommand) => Promise<MonitorAnswer>): () => void {
		this.command = handler;
		return () => {
			this.command = undefined;
		};
	}
}

it('shows what a crawl does, and does as it is told', async () => {
	await using shop = await startShop();
	const monitor = new KeepingMonitor();
	let handled = 0;
	await using crawler = new Crawler({
		name: 'shop',
		storage: ':memory:',
		monitor,
		maxRequestRetries: 0,
		domainLimits: { maxConcurrent: 4 },
		requestHandler: async ({ enqueueLinks, request }) => {
			handled += 1;
			await enqueueLinks();
			if (handled === 5) throw new Error(`${request.url} was one too many`);
			if (handled === 20) await monitor.command?.({ command: 'pause' });
		},
	});
	crawler.log.setLevel(LogLevel.INFO);
	const said = vi.spyOn(crawler.log, 'info');
	const run = crawler.run([shop.url]);
	await expect.poll(() => monitor.looks.at(-1)?.status, SLOW).toBe('paused');
	await expect.poll(() => crawler.autoscaledPool?.currentConcurrency, SLOW).toBe(0);
	const before = handled;
	await new Promise((resolve) => setTimeout(resolve, 300));
	expect(handled).toBe(before);
	expect(await monitor.command?.({ command: 'resume' })).toEqual({ ok: true });
	await expect.poll(() => handled, SLOW).toBeGreaterThan(before);
	const failure = monitor.looks.at(-1)?.failures.find(({ reason }) => reason.includes('one too many'));
	const history = await monitor.command?.({ command: 'history', url: `${shop.url}/` });
	expect(history).toMatchObject({ ok: true, history: { state: 'handled', foundOn: null } });
	expect(await monitor.command?.({ command: 'stop' })).toEqual({ ok: true });
	await run;
	expect(failure).toMatchObject({ httpStatus: 200 });
	expect(failure?.foundOn).toContain(shop.url);
	expect(monitor.command).toBeUndefined();
	const last = monitor.looks.at(-1);
	expect(last).toMatchObject({ status: 'finished', pagesFinished: handled - 1, ...crawler.counts() });
	expect(last?.domains[0]).toMatchObject({ name: new URL(shop.url).host, inFlight: 0 });
	expect(last?.latencyMs.counts.reduce((sum, count) => sum + count)).toBeGreaterThanOrEqual(handled);
	expect(said).toHaveBeenCalledWith('Watch the crawl at http://127.0.0.1:7373/');
	expect(monitor.lines.filter(({ text }) => text.includes('7373'))).toEqual([]);
	expect(monitor.lines).toContainEqual(
		expect.objectContaining({ level: 'error', fields: { url: failure?.url }, domain: new URL(shop.url).host }),
	);
});

it('leaves the log as it was', async () => {
	await using shop = await startShop();
	await using crawler = new Crawler({
		storage: ':memory:',
		monitor: new KeepingMonitor(),
		maxRequestsPerCrawl: 1,
		requestHandler: () => {},
	});
	const { internal } = crawler.log;
	await crawler.run([shop.url]);
	expect(crawler.log.internal).toBe(internal);
});

it('refuses what is no monitor', () => {
	expect(() => new Crawler({ monitor: true as never })).toThrow(InvalidOptionError);
	expect(() => new Crawler({ monitor: true as never })).toThrow(
		'monitor must be a monitor, which startMonitor() of @orbweaver/monitor gives, got true.',
	);
});
