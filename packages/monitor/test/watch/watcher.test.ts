import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../src/protocol/log-entry.ts';
import type { Subscribe } from '../../src/protocol/watcher-messages.ts';
import { startMonitor } from '../../src/start-monitor.ts';
import { startCuttingProxy } from '../cutting-proxy.ts';
import { seeded } from '../seeded.ts';
import { WatchClient } from '../watch-client.ts';

describe('filters', () => {
	const lines = [
		{ level: 'debug', source: 'shop', domain: 'shop.example', text: 'Opened a page' },
		{ level: 'info', source: 'shop', domain: 'img.shop.example', text: 'Fetched (a+b) in 30 ms' },
		{
			level: 'warning',
			source: 'news',
			domain: 'news.example',
			text: 'slow',
			fields: { url: 'https://news.example/Long' },
		},
		{ level: 'error', source: 'news', text: 'Failed after 3 tries' },
	] as const;

	it.each<[Omit<Subscribe, 'type'>, readonly number[]]>([
		[{}, [1, 2, 3, 4]],
		[{ level: 'debug' }, [1, 2, 3, 4]],
		[{ level: 'warning' }, [3, 4]],
		[{ sources: ['shop', 'other'] }, [1, 2]],
		[{ sources: [] }, []],
		[{ domain: 'Shop.example' }, [1, 2]],
		[{ domain: 'p.example' }, []],
		[{ text: '(A+B)' }, [2]],
		[{ text: '/long' }, [3]],
		[{ regex: '\\d+ (ms|tries)' }, [2, 4]],
		[{ regex: '(?i)^f' }, [2, 4]],
		[{ regex: '^f' }, []],
		[{ level: 'info', sources: ['news'], text: 'tries', regex: '3' }, [4]],
		[{ after: 2, sources: ['news'] }, [3, 4]],
	])('%j lets %j through', async (filter, ids) => {
		await using monitor = await startMonitor();
		monitor.publish(lines);
		await using watcher = await WatchClient.open(monitor.url, { after: 0, ...filter });
		await watcher.until(() => watcher.of('entries').some(({ live }) => live));
		expect(watcher.entries.map(({ id }) => id)).toEqual(ids);
		expect(watcher.of('entries').at(-1)).toMatchObject({ last: 4, live: true });
	});

	it('can be changed while watching', async () => {
		await using monitor = await startMonitor();
		await using watcher = await WatchClient.open(monitor.url, { after: 0, text: 'one' });
		monitor.publish([{ text: 'one' }, { text: 'two' }]);
		await watcher.until(() => watcher.texts.length === 1);
		watcher.say({ type: 'subscribe', after: 2, text: 'two' });
		await pause(100);
		monitor.publish([{ text: 'one' }, { text: 'two' }]);
		await watcher.until(() => watcher.texts.length === 2);
		expect(watcher.entries.map(({ id, text }) => [id, text])).toEqual([
			[1, 'one'],
			[4, 'two'],
		]);
	});

	it('that come too many at once are refused', async () => {
		await using monitor = await startMonitor();
		await using watcher = await WatchClient.open(monitor.url, {});
		for (let count = 0; count < 100; count++) watcher.say({ type: 'subscribe', text: `${count}` });
		await watcher.until(() => watcher.of('result').length > 0);
		expect(watcher.of('result')[0]).toMatchObject({ id: null, ok: false, error: 'Too many subscriptions at once.' });
	});

	it.each([
		['(?=a)', 'lookaround'],
		['(a', 'missing closing'],
		['(a{1000}){3}', 'too large|invalid repeat'],
		['a'.repeat(501), 'at most 500'],
	])('an expression that cannot be used is refused, and the subscription before goes on: %s', async (regex, reason) => {
		await using monitor = await startMonitor();
		await using watcher = await WatchClient.open(monitor.url, { text: 'one' });
		watcher.say({ type: 'subscribe', regex });
		await watcher.until(() => watcher.of('result').length === 1);
		const [result] = watcher.of('result');
		expect(result).toMatchObject({ id: null, ok: false });
		expect(result?.ok === false && result.error).toMatch(new RegExp(reason));
		monitor.publish({ text: 'one more' });
		await watcher.until(() => watcher.texts.length === 1);
	});

	it('an expression that hangs other engines does not', async () => {
		await using monitor = await startMonitor();
		for (let count = 0; count < 2_000; count++) monitor.publish({ text: `${'a'.repeat(1_000)}!` });
		await using hard = await WatchClient.open(monitor.url, { after: 0, regex: '^(a|a?)*(a+)+$' });
		await using other = await WatchClient.open(monitor.url, { after: 2_000 });
		monitor.publish({ text: 'aaa' });
		await other.until(() => other.texts.length === 1);
		await hard.until(() => hard.texts.length === 1);
		expect(hard.texts).toEqual(['aaa']);
	});
});

describe('the history', () => {
	it('gives the newest thousand by default, all with after: 0, and says what is gone', async () => {
		await using monitor = await startMonitor({ bufferEntries: 2_000 });
		monitor.publish(Array.from({ length: 2_500 }, (_, index) => ({ text: `${index + 1}` })));
		await using newest = await WatchClient.open(monitor.url, {});
		await using all = await WatchClient.open(monitor.url, { after: 0 });
		await using some = await WatchClient.open(monitor.url, { after: 400 });
		await newest.until(() => newest.texts.length === 1_000);
		await all.until(() => all.texts.length === 2_000);
		await some.until(() => some.texts.length === 2_000);
		expect(newest.entries[0]?.id).toBe(1_501);
		expect(all.entries[0]?.id).toBe(501);
		expect(some.of('missed')).toEqual([{ type: 'missed', count: 100, from: 401, to: 500 }]);
		expect([...newest.of('missed'), ...all.of('missed')]).toEqual([]);
	});

	it('is bounded by memory too', async () => {
		await using monitor = await startMonitor({ bufferBytes: 100_000 });
		for (let count = 0; count < 100; count++) monitor.publish({ text: 'x'.repeat(10_000) });
		await using watcher = await WatchClient.open(monitor.url, { after: 0 });
		await watcher.until(() => watcher.of('entries').some(({ live }) => live));
		expect(watcher.texts.length).toBeGreaterThan(2);
		expect(watcher.texts.length).toBeLessThan(10);
		expect(watcher.entries.at(-1)?.id).toBe(100);
	});

	it('is sent whole to a watcher of another hub, whose ids mean nothing', async () => {
		await using monitor = await startMonitor();
		monitor.publish([{ text: 'one' }, { text: 'two' }]);
		await using foreign = await WatchClient.open(monitor.url, { after: 1, hub: 'another' });
		await using ahead = await WatchClient.open(monitor.url, { after: 7_000 });
		await using own = await WatchClient.open(monitor.url, { after: 1, hub: monitor.id });
		for (const watcher of [foreign, ahead, own]) await watcher.until(() => watcher.texts.includes('two'));
		expect([foreign.texts, ahead.texts, own.texts]).toEqual([['one', 'two'], ['one', 'two'], ['two']]);
	});
});

it('a watcher that is cut off again and again sees every line once, in order', async () => {
	const random = seeded();
	await using monitor = await startMonitor();
	await using proxy = await startCuttingProxy(monitor.url);
	proxy.cutAfter = () => random.whole(200, 60_000);
	const total = 5_000;
	const seen: LogEntry[] = [];
	const publishing = (async () => {
		for (let id = 1; id <= total; ) {
			const many = Math.min(random.whole(1, 200), total - id + 1);
			monitor.publish(Array.from({ length: many }, (_, index) => ({ text: `line ${id + index}` })));
			id += many;
			await pause(random.whole(0, 20));
		}
	})();
	let last = 0;
	let missed = 0;
	while (seen.length < total) {
		const client = new WatchClient(proxy.url);
		client.socket.on('open', () => client.say({ type: 'subscribe', after: last, hub: monitor.id }));
		await Promise.race([client.closed, client.until(() => seen.length + client.entries.length >= total)]);
		seen.push(...client.entries);
		last = client.of('entries').at(-1)?.last ?? last;
		missed += client.of('missed').length;
		await client[Symbol.asyncDispose]();
	}
	await publishing;
	expect(proxy.opened).toBeGreaterThan(3);
	expect(missed).toBe(0);
	expect(seen.map(({ id }) => id)).toEqual(Array.from({ length: total }, (_, index) => index + 1));
	expect(seen.map(({ text }) => text)).toEqual(seen.map(({ id }) => `line ${id}`));
});

it('a quiet watcher hears that its connection lives', async () => {
	await using monitor = await startMonitor({ heartbeatMs: 30 });
	await using watcher = await WatchClient.open(monitor.url, {});
	await watcher.until(() => watcher.of('entries').length >= 3);
	expect(watcher.of('hello')[0]?.heartbeatMs).toBe(30);
	expect(watcher.of('entries').at(-1)).toEqual({ type: 'entries', entries: [], last: 0, live: true });
});
