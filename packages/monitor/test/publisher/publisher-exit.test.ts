import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { startMonitor } from '../../src/start-monitor.ts';
import { WatchClient } from '../watch-client.ts';

/** Runs the program to its end by itself. */
async function run(url: string, lines: number): Promise<number | null> {
	const child = spawn(process.execPath, [join(import.meta.dirname, 'publisher-child.ts'), url, String(lines)], {
		stdio: 'inherit',
	});
	onTestFinished(() => void child.kill('SIGKILL'));
	const [code] = (await once(child, 'exit')) as [number | null];
	return code;
}

it('a program that ends sends its last lines and is not kept alive', async () => {
	await using monitor = await startMonitor();
	await using watcher = await WatchClient.open(monitor.url, { after: 0 });
	expect(await run(monitor.url, 3_000)).toBe(0);
	await watcher.until(() => watcher.texts.includes('line 3000'));
	expect(watcher.texts).toHaveLength(3_000);
});

it('a program ends although nobody, or somebody who says nothing, is there', async () => {
	const server = createServer((socket) => socket.on('error', () => undefined));
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => void server.close());
	const { port } = server.address() as AddressInfo;
	expect(await run(`http://127.0.0.1:${port}`, 10)).toBe(0);
	expect(await run('http://127.0.0.1:1', 10)).toBe(0);
});
