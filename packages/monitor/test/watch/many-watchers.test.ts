import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import type { MessageToWatcher } from '../../src/protocol/watcher-messages.ts';
import type { Burst, Report } from './hub-child.ts';

/** `npm run test:soak` is the size of a busy day: ten seconds of 50,000 lines a second. */
const SOAK = process.env.ORBWEAVER_SOAK === '1';
const BURST: Burst = SOAK ? { lines: 500_000, linesPerSecond: 50_000 } : { lines: 40_000, linesPerSecond: 20_000 };
const WATCHERS = 200;

const MIB = 1024 * 1024;

/** The history (4 MiB), and for each watcher what may wait for it (256 KiB and one message of 64 KiB). */
const MOST_GROWTH = 4 * MIB + WATCHERS * (256 + 64) * 1024 + 30 * MIB;

/** A watcher that counts only. */
class Counter {
	readonly socket: WebSocket;
	seen = 0;
	missed = 0;
	last = 0;
	isInOrder = true;
	readonly subscribed: Promise<void>;
	#onLast: () => void = () => undefined;

	constructor(url: string) {
		this.socket = new WebSocket(`${url.replace('http', 'ws')}/watch`);
		this.socket.on('open', () => this.socket.send('{"type":"subscribe","after":0}'));
		// An empty history is sent as an empty list.
		this.subscribed = new Promise((resolve) => (this.#onLast = resolve));
		this.socket.on('message', (data) => this.#count(JSON.parse(String(data)) as MessageToWatcher));
	}

	async until(last: number): Promise<void> {
		while (this.last < last) await new Promise<void>((resolve) => (this.#onLast = resolve));
	}

	#count(message: MessageToWatcher): void {
		if (message.type === 'missed') {
			this.isInOrder &&= message.from === this.last + 1;
			this.missed += message.count;
			this.last = message.to;
		} else if (message.type === 'entries') {
			for (const { id } of message.entries) {
				this.isInOrder &&= id === this.last + 1;
				this.last = id;
				this.seen += 1;
			}
			this.#onLast();
		}
	}
}

async function nextReport(child: ChildProcess): Promise<Extract<Report, { growthBytes: number }>> {
	const [report] = (await once(child, 'message')) as [Extract<Report, { growthBytes: number }>];
	return report;
}

it('two hundred watchers, one of whom never reads, hold up nobody and cost a bounded part of the memory', async () => {
	const child = fork(join(import.meta.dirname, 'hub-child.ts'), { execArgv: ['--expose-gc'] });
	onTestFinished(() => void child.kill('SIGKILL'));
	const [{ url }] = (await once(child, 'message')) as [{ readonly url: string }];
	const watchers = Array.from({ length: WATCHERS }, () => new Counter(url));
	onTestFinished(() => {
		for (const { socket } of watchers) socket.terminate();
	});
	await Promise.all(watchers.map((watcher) => watcher.subscribed));
	const [deaf, ...readers] = watchers as [Counter, ...Counter[]];
	deaf.socket.pause();

	child.send(BURST);
	const report = await nextReport(child);
	console.log(JSON.stringify(report));
	expect(report.growthBytes).toBeLessThan(MOST_GROWTH);
	expect(report.missed).toBeGreaterThanOrEqual(0);

	await Promise.all(readers.map((reader) => reader.until(BURST.lines)));
	expect(deaf.seen).toBeLessThan(BURST.lines / 2);
	deaf.socket.resume();
	await deaf.until(BURST.lines);
	for (const watcher of watchers) {
		expect(watcher.isInOrder).toBe(true);
		expect(watcher.seen + watcher.missed).toBe(BURST.lines);
	}
	expect(deaf.missed).toBeGreaterThan(0);
	console.log(
		`seen by readers: ${Math.min(...readers.map(({ seen }) => seen))} to ${Math.max(...readers.map(({ seen }) => seen))}, by the deaf one ${deaf.seen}`,
	);
}, 120_000);
