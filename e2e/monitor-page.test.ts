import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Crawler } from '@orbweaver/core';
import { type LogInput, type Monitor, startMonitor } from '@orbweaver/monitor';
import { startShop } from '@orbweaver/testkit';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startCuttingProxy } from '../packages/monitor/test/cutting-proxy.ts';
import { sampleNumbers } from '../packages/monitor/test/sample-numbers.ts';
import { chromiumPath, type OpenChromium, openChromium } from './browser/open-chromium.ts';

const AXE = readFileSync(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8');

/** A crawl that is told to wait by its shop. */
const SLOW = { timeout: 20_000 };

if (chromiumPath === undefined) console.warn('Skipped: the page of the monitor, as there is no Chromium.');

describe.skipIf(chromiumPath === undefined)('the page of the monitor', () => {
	let browser: OpenChromium;

	beforeAll(async () => {
		browser = await openChromium({ width: 1280, height: 800, theme: 'light' });
	});

	afterAll(() => browser[Symbol.asyncDispose]());

	/** Opens a page that must neither fail nor ask anybody but the hub. */
	async function open(url: string): Promise<Page> {
		const page = await browser.context.newPage();
		const faults: string[] = [];
		page.on('pageerror', ({ message }) => faults.push(message));
		page.on('console', (message) => {
			if (/Content Security Policy/.test(message.text())) faults.push(message.text());
		});
		page.on('request', (request) => {
			if (new URL(request.url()).host !== new URL(url).host) faults.push(request.url());
		});
		onTestFinished(async () => {
			await page.close();
			expect(faults).toEqual([]);
		});
		await page.goto(url);
		await page.getByText('Live', { exact: true }).waitFor();
		return page;
	}

	const said = (page: Page): Promise<string[]> => page.locator('#lines .said').allTextContents();

	async function untilSaid(page: Page, texts: readonly string[]): Promise<void> {
		await expect.poll(() => said(page), SLOW).toEqual(texts);
	}

	it('shows just the log when there is no crawl', async () => {
		await using monitor = await startMonitor();
		const page = await open(monitor.pageUrl);
		monitor.publish({ source: 'app.log', text: '<b>not markup</b>' });
		await untilSaid(page, ['<b>not markup</b>']);
		expect(await page.getByRole('heading', { name: 'Domains' }).isVisible()).toBe(false);
	});

	it('signs in with the token of its address, which does not stay in it', async () => {
		await using monitor = await startMonitor({ token: 'a-token-of-the-tests' });
		const page = await open(monitor.pageUrl);
		expect(page.url()).toBe(`${monitor.url}/`);
	});

	it('shows numbers, domains in the wanted order, and the history of a failure', async () => {
		await using monitor = await startMonitor();
		const page = await open(monitor.pageUrl);
		const asked: unknown[] = [];
		monitor.onCommand('shop', (command) => {
			asked.push(command);
			const event = { time: 1, event: 'failed', text: 'answered 404', httpStatus: 404 };
			return command.command === 'history'
				? { ok: true, history: { url: command.url, state: 'failed', foundOn: null, events: [event] } }
				: { ok: true };
		});
		const [domain] = sampleNumbers().domains;
		if (domain === undefined) throw new Error('The sample has no domain.');
		const domains = ['b.example', 'a.example', 'c.example'].map((name, index) => ({ ...domain, name, waiting: index }));
		monitor.numbers('shop', sampleNumbers({ domains, handled: 1_234 }));
		await page.getByText('1,234').waitFor();
		const names = (): Promise<string[]> => page.locator('#domains tbody th').allTextContents();
		expect(await names()).toEqual(['c.example', 'a.example', 'b.example']);
		await page.getByRole('columnheader', { name: 'Domain' }).getByRole('button').press('Enter');
		expect(await names()).toEqual(['a.example', 'b.example', 'c.example']);
		await page.getByRole('button', { name: 'https://shop.example/gone' }).click();
		await page.getByRole('dialog').getByRole('cell', { name: 'answered 404' }).waitFor();
		await page.keyboard.press('Escape');
		expect(await page.getByRole('dialog').isVisible()).toBe(false);
		expect(asked).toEqual([{ command: 'history', url: 'https://shop.example/gone' }]);
	});

	it('stops a crawl only when that is confirmed, and tells why a command failed', async () => {
		await using monitor = await startMonitor();
		const page = await open(monitor.pageUrl);
		const asked: string[] = [];
		monitor.onCommand('shop', ({ command }) => {
			asked.push(command);
			return { ok: false, error: 'It sleeps.' };
		});
		monitor.numbers('shop', sampleNumbers());
		await page.getByRole('button', { name: 'Stop…' }).click();
		await page.getByRole('button', { name: 'Keep crawling' }).click();
		await page.getByRole('button', { name: 'Stop…' }).click();
		await page.getByRole('button', { name: 'Stop the crawl' }).click();
		await page.getByText('The crawl did not stop: It sleeps.').waitFor();
		expect(asked).toEqual(['stop']);
	});

	it('shows a crawl that runs, pauses it and lets it go on', async () => {
		await using shop = await startShop();
		await using monitor = await startMonitor();
		const page = await open(monitor.pageUrl);
		await using crawler = new Crawler({
			name: 'shop',
			storage: ':memory:',
			monitor,
			domainLimits: { minTime: 20 },
			requestHandler: ({ enqueueLinks }) => enqueueLinks(),
		});
		const run = crawler.run([shop.url]);
		const handled = async (): Promise<number> => {
			const text = await page.locator('#totals div', { hasText: 'Handled' }).locator('dd').textContent();
			return Number(text?.replaceAll(',', ''));
		};
		await expect.poll(handled, SLOW).toBeGreaterThan(10);
		const early = await handled();
		await expect.poll(handled, SLOW).toBeGreaterThan(early);
		expect(await page.locator('#domains tbody th').allTextContents()).toEqual([new URL(shop.url).host]);
		await page.getByRole('button', { name: 'Pause', exact: true }).click();
		await page.locator('#crawl-status', { hasText: 'Paused' }).waitFor();
		await expect.poll(() => crawler.autoscaledPool?.currentConcurrency, SLOW).toBe(0);
		const paused = crawler.counts().handled;
		await expect.poll(handled, SLOW).toBe(paused);
		await page.getByRole('button', { name: 'Resume', exact: true }).click();
		await expect.poll(handled, SLOW).toBeGreaterThan(paused);
		await page.locator('#lines .link').first().click();
		await page.getByRole('dialog').getByRole('cell', { name: 'handled' }).waitFor();
		await page.keyboard.press('Escape');
		await page.getByRole('button', { name: 'Stop…' }).click();
		await page.getByRole('button', { name: 'Stop the crawl' }).click();
		await run;
		await page.locator('#crawl-status', { hasText: 'Finished' }).waitFor();
		await expect.poll(handled, SLOW).toBe(crawler.counts().handled);
	});

	it('filters by level, source, domain, text and regular expression, past lines too', async () => {
		await using monitor = await startMonitor();
		monitor.publish([
			{ level: 'info', source: 'shop', domain: 'a.example', text: 'one' },
			{ level: 'error', source: 'shop', domain: 'b.example', text: 'two' },
			{ level: 'warning', source: 'app.log', text: 'three 33' },
		]);
		const page = await open(monitor.pageUrl);
		await untilSaid(page, ['one a.example', 'two b.example', 'three 33']);
		await page.getByLabel('Level').selectOption('warning');
		await untilSaid(page, ['two b.example', 'three 33']);
		await page.getByText('All sources').click();
		await page.getByRole('checkbox', { name: 'app.log' }).check();
		await untilSaid(page, ['three 33']);
		await page.getByRole('button', { name: 'Reset' }).click();
		await untilSaid(page, ['one a.example', 'two b.example', 'three 33']);
		await page.getByLabel('Domain', { exact: true }).fill('B.example');
		await untilSaid(page, ['two b.example']);
		monitor.publish([
			{ domain: 'c.example', text: 'not this' },
			{ domain: 'www.b.example', text: 'this' },
		]);
		await untilSaid(page, ['two b.example', 'this www.b.example']);
		await page.getByRole('button', { name: 'Reset' }).click();
		await page.getByLabel('Text').fill('(\\d');
		await page.getByRole('checkbox', { name: 'Regular expression' }).check();
		await page.getByText(/regex cannot be used/).waitFor();
		await page.getByLabel('Text').fill('\\d\\d');
		await untilSaid(page, ['three 33']);
		expect(await page.getByText(/regex cannot be used/).isVisible()).toBe(false);
	});

	it('follows the end, stays where one reads, and pauses', async () => {
		await using monitor = await startMonitor();
		const page = await open(monitor.pageUrl);
		monitor.publish(lines(1, 200));
		const atEnd = (): Promise<boolean> =>
			page.locator('#lines-scroll').evaluate((box) => box.scrollHeight - box.scrollTop - box.clientHeight < 24);
		await expect.poll(() => page.locator('#lines li').count()).toBe(200);
		await expect.poll(atEnd).toBe(true);
		await page.locator('#lines-scroll').evaluate((box) => box.scrollTo(0, 0));
		await page.getByRole('button', { name: 'Newest lines' }).waitFor();
		monitor.publish(lines(201, 210));
		await page.getByRole('button', { name: '10 new lines' }).waitFor();
		expect(await page.locator('#lines-scroll').evaluate((box) => box.scrollTop)).toBe(0);
		await page.getByRole('button', { name: '10 new lines' }).click();
		await expect.poll(atEnd).toBe(true);
		await page.getByRole('button', { name: 'Pause log' }).click();
		monitor.publish(lines(211, 213));
		await page.getByText('210 lines · paused, 3 more').waitFor();
		await page.getByRole('button', { name: 'Resume log' }).click();
		await expect.poll(() => page.locator('#lines li').count()).toBe(213);
	});

	it('finds a text in the lines that are shown', async () => {
		await using monitor = await startMonitor();
		monitor.publish(lines(1, 60));
		const page = await open(monitor.pageUrl);
		await page.keyboard.press('/');
		await page.keyboard.type('LINE 5');
		await expect.poll(() => page.locator('#search-count').textContent()).toBe('11');
		await page.keyboard.press('Enter');
		await expect.poll(() => page.locator('#lines .current').textContent()).toContain('line 59');
		await page.keyboard.press('Shift+Enter');
		await expect.poll(() => page.locator('#search-count').textContent()).toBe('10 of 11');
	});

	it('keeps a bounded number of lines, and counts those that it missed', async () => {
		await using monitor = await startMonitor({ bufferEntries: 100 });
		const proxy = await startCuttingProxy(monitor.url);
		await using _ = proxy;
		const page = await open(proxy.url);
		for (let first = 1; first <= 4_000; first += 50) {
			monitor.publish(lines(first, first + 49));
			const last = `line ${first + 49}`;
			await expect.poll(() => page.locator('#lines .said').last().textContent()).toBe(last);
		}
		expect(await page.locator('#lines li').count()).toBe(2_000);
		proxy.cut();
		await page.getByText('Connection lost').waitFor();
		monitor.publish(lines(4_001, 4_150));
		await page.getByText('50 lines missed', { exact: true }).waitFor();
		expect((await said(page)).slice(-100)).toEqual(lines(4_051, 4_150).map(({ text }) => text));
	});

	it('comes back from cut connections without a gap and with nothing twice', async () => {
		await using monitor = await startMonitor();
		await using proxy = await startCuttingProxy(monitor.url);
		const page = await open(proxy.url);
		for (let round = 0; round < 4; round++) {
			monitor.publish(lines(round * 20 + 1, round * 20 + 10));
			if (round % 2 === 0) await page.getByText(`line ${round * 20 + 10}`, { exact: true }).waitFor();
			proxy.cut();
			monitor.publish(lines(round * 20 + 11, round * 20 + 20));
			await expect.poll(() => proxy.opened, SLOW).toBeGreaterThan(round + 1);
		}
		await untilSaid(
			page,
			lines(1, 80).map(({ text }) => text),
		);
	});

	it('comes back when the monitor was started anew', async () => {
		const first = await startMonitor();
		onTestFinished(() => first.close());
		const { port } = first;
		const page = await open(first.pageUrl);
		first.publish(lines(1, 3));
		await page.getByText('line 3', { exact: true }).waitFor();
		await first.close();
		await page.getByText('Connection lost').waitFor();
		await using second = await startMonitor({ port });
		second.publish(lines(4, 6));
		await page.getByText('The monitor was started anew.').waitFor(SLOW);
		await untilSaid(
			page,
			lines(1, 6).map(({ text }) => text),
		);
	});

	it.each(['light', 'dark'] as const)('has nothing serious for axe to find, in %s colours', async (theme) => {
		await using monitor = await startMonitor();
		fill(monitor);
		const page = await open(monitor.pageUrl);
		await page.getByLabel('Colours').selectOption(theme);
		await page.getByText('line 8').waitFor();
		expect(await seriousFaults(page)).toEqual([]);
		await page.getByRole('button', { name: 'Stop…' }).click();
		expect(await seriousFaults(page)).toEqual([]);
	});

	it('fits on a phone', async () => {
		await using monitor = await startMonitor();
		fill(monitor);
		const page = await open(monitor.pageUrl);
		await page.setViewportSize({ width: 375, height: 812 });
		await page.getByText('line 8').waitFor();
		expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(375);
	});
});

function lines(first: number, last: number): LogInput[] {
	return Array.from({ length: last - first + 1 }, (_, index) => ({ text: `line ${first + index}` }));
}

/** Something in every part of the page. */
function fill(monitor: Monitor): void {
	monitor.onCommand('shop', () => ({ ok: true }));
	monitor.numbers('shop', sampleNumbers());
	const levels = ['debug', 'info', 'warning', 'error'] as const;
	monitor.publish(
		lines(1, 8).map((line, index) => ({
			...line,
			level: levels[index % 4] ?? 'info',
			source: 'shop',
			domain: 'shop.example',
			fields: { url: `https://shop.example/${'long'.repeat(40)}`, status: 200 },
		})),
	);
}

/** What axe finds that keeps people from using the page. */
async function seriousFaults(page: Page): Promise<string[]> {
	await page.evaluate(AXE);
	const { violations } = (await page.evaluate('axe.run()')) as AxeResults;
	return violations
		.filter(({ impact }) => impact === 'serious' || impact === 'critical')
		.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}
