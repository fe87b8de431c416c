import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../src/protocol/log-entry.ts';
import { connectPublisher } from '../../src/publisher/connect-publisher.ts';
import type { PublisherOptions } from '../../src/publisher/publisher-options.ts';
import { startMonitor } from '../../src/start-monitor.ts';
import { startCuttingProxy } from '../cutting-proxy.ts';
import { sampleNumbers } from '../sample-numbers.ts';
import { seeded } from '../seeded.ts';
import { WatchClient } from '../watch-client.ts';

const TOKEN = 'a-token-of-the-tests';

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
	await using monitor = await startMonitor();
	return monitor.port;
}

describe('options', () => {
	it.each<[Partial<PublisherOptions>, string]>([
		[{ url: 'nonsense' }, 'url is "nonsense": give the URL of a monitor, such as http://127.0.0.1:7373.'],
		[{ source: '' }, 'source is "": give a text.'],
		[{ queueEntries: 0 }, 'queueEntries is 0: give a whole number from 1'],
		[{ queue: 5 } as object, 'connectPublisher has no option "queue"'],
	])('%j is refused', (options, message) => {
		expect(() => connectPublisher({ url: 'http://127.0.0.1:1', source: 'shop', ...options })).toThrow(message);
	});
});

describe('a publisher', () => {
	it('shows its lines, its numbers and itself, and takes commands', async () => {
		await using monitor = await startMonitor({ token: TOKEN });
		await using watcher = new WatchClient(monitor.url, { authorization: `Bearer ${TOKEN}` });
		watcher.socket.on('open', () => watcher.say({ type: 'subscribe' }));
		await using publisher = connectPublisher({
			url: monitor.pageUrl,
			source: 'shop',
			commands: ['pause'],
			onCommand: ({ command }) => {
				if (command === 'pause') return { ok: true };
				throw new Error('not reached');
			},
		});
		publisher.publish([
			{ text: 'one' },
			{ level: 'error', source: 'somebody else', text: 'two', fields: { url: 'u' } },
		]);
		publisher.numbers(sampleNumbers());
		await watcher.until(() => watcher.texts.length === 2 && watcher.of('numbers').length === 1);
		expect(watcher.entries[1]).toMatchObject({ source: 'shop', level: 'error', text: 'two', fields: { url: 'u' } });
		expect(watcher.of('numbers')[0]).toMatchObject({ source: 'shop', numbers: sampleNumbers() });
		expect(monitor.sources).toEqual([
			{ name: 'shop', kind: 'crawl', pid: process.pid, commands: ['pause'], connected: true },
		]);
		watcher.say({ type: 'command', id: 1, source: 'shop', command: 'pause' });
		watcher.say({ type: 'command', id: 2, source: 'shop', command: 'stop' });
		await watcher.until(() => watcher.of('result').length === 2);
		expect(watcher.of('result').find(({ id }) => id === 1)).toMatchObject({ ok: true });
		expect(watcher.of('result').find(({ id }) => id === 2)).toMatchObject({ error: '"shop" cannot be asked to stop.' });
		await publisher.close();
		await watcher.until(() => watcher.of('sources').some(({ sources }) => sources[0]?.connected === false));
	});

	it('gets a name of its own beside another of the same name', async () => {
		await using monitor = await startMonitor();
		await using first = connectPublisher({ url: monitor.url, source: 'shop' });
		await using watcher = await WatchClient.open(monitor.url, {});
		first.publish({ text: 'first' });
		await watcher.until(() => watcher.texts.length === 1);
		await using second = connectPublisher({ url: monitor.url, source: 'shop' });
		second.publish({ text: 'second' });
		await watcher.until(() => watcher.texts.length === 2);
		expect(watcher.entries.map(({ source }) => source)).toEqual(['shop', 'shop-2']);
		expect([first.source, second.source]).toEqual(['shop', 'shop-2']);
	});

	it('tells once that it is refused, and does not throw', async () => {
		await using monitor = await startMonitor({ token: TOKEN });
		const problems: string[] = [];
		const { promise, resolve } = Promise.withResolvers<void>();
		await using publisher = connectPublisher({
			url: monitor.url,
			token: 'wrong',
			source: 'shop',
			onProblem: (problem) => {
				problems.push(problem);
				resolve();
			},
		});
		publisher.publish({ text: 'nobody hears' });
		await promise;
		await pause(600); // more tries
		expect(problems).toEqual([
			expect.stringContaining('cannot be reached: It answered with status 401. Trying again.'),
		]);
		expect(publisher.connected).toBe(false);
	});

	it('keeps lines until the monitor is there, and says how many it had to drop', async () => {
		const port = await freePort();
		const options = { url: `http://127.0.0.1:${port}`, source: 'shop', onProblem: () => undefined };
		await using publisher = connectPublisher({ ...options, queueEntries: 100 });
		for (let number = 1; number <= 250; number++) publisher.publish({ text: `${number}` });
		expect(publisher.dropped).toBe(150);
		await using monitor = await startMonitor({ port });
		await using watcher = await WatchClient.open(monitor.url, { after: 0 });
		await watcher.until(() => watcher.texts.includes('250'));
		expect(watcher.texts[0]).toBe('150 lines of "shop" were dropped: its queue was full.');
		expect(watcher.texts.slice(1)).toEqual(Array.from({ length: 100 }, (_, index) => `${151 + index}`));
	});

	it('goes on with another monitor at the same place, without a false alarm', async () => {
		const port = await freePort();
		const first = await startMonitor({ port });
		await using publisher = connectPublisher({ url: first.url, source: 'shop', onProblem: () => undefined });
		{
			await using watcher = await WatchClient.open(first.url, { after: 0 });
			publisher.publish({ text: 'one' });
			await watcher.until(() => watcher.texts.length === 1);
			await pause(50); // its acknowledgement arrives
		}
		await first.close();
		publisher.publish({ text: 'two' });
		await using second = await startMonitor({ port });
		await using watcher = await WatchClient.open(second.url, { after: 0 });
		await watcher.until(() => watcher.texts.length > 0);
		expect(watcher.texts).toEqual(['two']);
	});
});

it('a publisher that is cut off again and again loses nothing and says nothing twice', async () => {
	const random = seeded();
	await using monitor = await startMonitor();
	await using proxy = await startCuttingProxy(monitor.url);
	proxy.cutAfter = () => random.whole(300, 30_000);
	await using publisher = connectPublisher({ url: proxy.url, source: 'shop', onProblem: () => undefined });
	const total = 3_000;
	const seen: LogEntry[] = [];
	await using watcher = await WatchClient.open(monitor.url, { after: 0 });
	for (let number = 1; number <= total; number++) {
		publisher.publish({ text: `line ${number}` });
		if (random.chance(0.05)) await pause(random.whole(0, 30));
	}
	await watcher.until(() => watcher.texts.includes(`line ${total}`));
	seen.push(...watcher.entries);
	expect(proxy.opened).toBeGreaterThan(2);
	expect(publisher.dropped).toBe(0);
	expect(seen.map(({ text }) => text)).toEqual(Array.from({ length: total }, (_, index) => `line ${index + 1}`));
});
