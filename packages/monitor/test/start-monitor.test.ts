import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startMonitor } from '../src/start-monitor.ts';
import { sampleNumbers } from './sample-numbers.ts';
import { WatchClient } from './watch-client.ts';

describe('options', () => {
	it.each<[object, string]>([
		[{ host: '0.0.0.0' }, 'host is "0.0.0.0", which others can reach: give a token'],
		[{ token: 'short' }, 'token cannot be used: give 16 to 500 letters'],
		[{ port: 70_000 }, 'port is 70000: give a whole number from 0 to 65535.'],
		[{ bufferEntries: 0 }, 'bufferEntries is 0: give a whole number from 1'],
		[{ hosts: ['a b'] }, 'hosts holds "a b": give names such as monitor.example'],
		[{ tail: [''] }, 'tail is "": give a text.'],
		[{ maxWatcher: 1 }, 'startMonitor has no option "maxWatcher": did you mean "maxWatchers"?'],
	])('%j is refused', async (options, message) => {
		await expect(startMonitor(options)).rejects.toMatchObject({
			code: 'ORB_MONITOR_OPTION',
			message: expect.stringContaining(message),
		});
	});

	it('says nothing of a wrong token', async () => {
		await expect(startMonitor({ token: 'my secret' })).rejects.toMatchObject({
			message: expect.not.stringContaining('secret'),
		});
	});

	it('names a port that is taken', async () => {
		await using monitor = await startMonitor();
		await expect(startMonitor({ port: monitor.port })).rejects.toMatchObject({
			code: 'ORB_MONITOR_LISTEN',
			message: `The monitor cannot listen on 127.0.0.1, port ${monitor.port}: the port is taken: give another one, or 0 for a free one.`,
		});
	});

	it('warns of an address that others can reach', async () => {
		const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => undefined);
		onTestFinished(() => warn.mockRestore());
		await using monitor = await startMonitor({ host: '0.0.0.0', token: 'a-token-of-the-tests' });
		expect(warn).toHaveBeenCalledWith(expect.stringContaining('0.0.0.0 without TLS'), { code: 'ORB_MONITOR_EXPOSED' });
		expect(monitor.pageUrl).toBe(`http://127.0.0.1:${monitor.port}/?token=a-token-of-the-tests`);
	});
});

describe('a monitor', () => {
	it('shows what is published, of whom, and the latest numbers', async () => {
		await using monitor = await startMonitor();
		monitor.publish({ text: 'before anybody watches' });
		monitor.numbers('shop', sampleNumbers({ handled: 1 }));
		await using watcher = await WatchClient.open(monitor.url, {});
		await watcher.until(() => watcher.of('numbers').length === 1 && watcher.entries.length === 1);
		monitor.publish([
			{
				level: 'error',
				source: 'shop',
				domain: 'Shop.example',
				text: 'bad',
				time: 5,
				fields: { url: 'https://shop.example/' },
			},
		]);
		monitor.numbers('shop', sampleNumbers({ handled: 2 }));
		await watcher.until(() => watcher.of('numbers').length === 2 && watcher.entries.length === 2);
		expect(watcher.messages[0]).toMatchObject({ type: 'hello', version: 1, hub: monitor.id, oldest: 1, newest: 1 });
		expect(watcher.entries[1]).toEqual({
			id: 2,
			time: 5,
			level: 'error',
			source: 'shop',
			domain: 'shop.example',
			text: 'bad',
			fields: { url: 'https://shop.example/' },
		});
		expect(watcher.of('numbers').map(({ source, numbers }) => [source, numbers.handled])).toEqual([
			['shop', 1],
			['shop', 2],
		]);
	});

	it('carries commands to a crawl of this process, and its answer back', async () => {
		await using monitor = await startMonitor();
		const commands: unknown[] = [];
		const end = monitor.onCommand('shop', (command) => {
			commands.push(command);
			if (command.command === 'stop') throw new Error('It has stopped already.');
			if (command.command !== 'history') return { ok: true };
			return {
				ok: true,
				history: { url: command.url, state: 'handled', foundOn: null, events: [{ time: 1, event: 'added' }] },
			};
		});
		await using watcher = await WatchClient.open(monitor.url);
		const ask = async (id: number, command: object) => {
			watcher.say({ type: 'command', id, source: 'shop', command: 'pause', ...command });
			await watcher.until(() => watcher.of('result').some((result) => result.id === id));
			return watcher.of('result').find((result) => result.id === id);
		};
		expect(await ask(1, {})).toMatchObject({ ok: true });
		expect(await ask(2, { command: 'stop' })).toMatchObject({ ok: false, error: 'It has stopped already.' });
		expect(await ask(3, { command: 'history', url: 'https://shop.example/' })).toMatchObject({
			ok: true,
			history: { url: 'https://shop.example/', events: [{ event: 'added' }] },
		});
		expect(await ask(4, { command: 'history' })).toMatchObject({ ok: false, error: 'history needs a url.' });
		expect(await ask(5, { source: 'nobody' })).toMatchObject({ ok: false, error: 'There is no source "nobody".' });
		end();
		expect(await ask(6, {})).toMatchObject({ ok: false, error: '"shop" cannot be asked to pause.' });
		expect(commands).toEqual([
			{ command: 'pause' },
			{ command: 'stop' },
			{ command: 'history', url: 'https://shop.example/' },
		]);
	});

	it('never throws over what is logged', async () => {
		await using monitor = await startMonitor();
		const circular: Record<string, unknown> = {};
		circular.self = circular;
		const strange = [
			undefined,
			null,
			{ text: 7 },
			{ text: 'kept', level: 'loud', time: Number.NaN, fields: { circular, big: 7n, f: () => 1, deep: { a: 1 } } },
			{ text: `x${'🕷'.repeat(20_000)}` },
		];
		monitor.publish(strange as never);
		monitor.numbers('shop', { handled: -1 } as never);
		monitor.numbers('shop', { handled: -1 } as never);
		await using watcher = await WatchClient.open(monitor.url, { after: 0 });
		await watcher.until(() => watcher.entries.length === 3);
		expect(watcher.entries[0]).toMatchObject({ level: 'info', fields: { big: '7', deep: '{"a":1}' } });
		expect(watcher.texts[1]).toHaveLength(16_384);
		expect(watcher.texts[1]?.isWellFormed()).toBe(true);
		expect(watcher.texts[2]).toBe('Numbers of "shop" are not the numbers of a crawl: they are not shown.');
	});

	it('says goodbye when it closes', async () => {
		const monitor = await startMonitor();
		await using watcher = await WatchClient.open(monitor.url, {});
		await monitor.close();
		expect((await watcher.closed).code).toBe(1001);
		await monitor.close();
		monitor.publish({ text: 'too late' });
	});
});
