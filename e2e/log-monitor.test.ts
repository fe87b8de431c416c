import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { appendFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HttpClient, type WebSocketConnection } from '@orbweaver/http';
import { type MessageToWatcher, startMonitor } from '@orbweaver/monitor';
import { startServer } from '@orbweaver/testkit';
import { describe, expect, it, onTestFinished } from 'vitest';
import { readArguments } from '../apps/log-monitor/src/arguments.ts';
import { root, startFile, startScript } from './fixtures/process.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

const PROGRAM = 'apps/log-monitor/src/main.ts';
const TOKEN = 'a-token-of-the-tests';

/** A port that nobody listens on. */
async function freePort(): Promise<number> {
	await using monitor = await startMonitor();
	return monitor.port;
}

async function started(client: HttpClient, port: number): Promise<void> {
	for (;;) {
		try {
			if ((await client.read(`http://127.0.0.1:${port}/healthz`, { retry: 0 })).status === 200) return;
		} catch {
			await sleep(50);
		}
	}
}

/** Reads lines until there are so many. */
async function lines(socket: WebSocketConnection, count: number): Promise<readonly string[]> {
	const texts: string[] = [];
	for await (const message of socket) {
		const said = JSON.parse(message.text()) as MessageToWatcher;
		if (said.type === 'entries') texts.push(...said.entries.map(({ level, text }) => `${level} ${text}`));
		if (texts.length >= count) break;
	}
	return texts;
}

describe('npm run log-monitor', () => {
	it('shows log files that are rotated, to whoever has the token, until Ctrl-C', async () => {
		await using folder = await temporaryFolder();
		await using client = new HttpClient();
		const log = folder.file('app.log');
		await writeFile(log, 'ERROR before anybody watched\n');
		const port = await freePort();
		await using program = startFile(PROGRAM, [folder.file('*.log'), '--port', String(port)], {
			env: { ORBWEAVER_MONITOR_TOKEN: TOKEN },
		});
		await started(client, port);
		expect((await client.read(`http://127.0.0.1:${port}/`)).status).toBe(401);
		const socket = await client.connect(`ws://127.0.0.1:${port}/watch`, {
			headers: { authorization: `Bearer ${TOKEN}` },
		});
		await socket.sendJson({ type: 'subscribe', after: 0, level: 'warning' });
		await appendFile(log, 'info: not wanted\nWARN caf');
		await rename(log, folder.file('app.log.1'));
		await appendFile(folder.file('app.log.1'), 'é\n');
		await writeFile(log, '{"level":50,"msg":"anew"}\n');
		expect(await lines(socket, 3)).toEqual(['error ERROR before anybody watched', 'warning WARN café', 'error anew']);
		program.signal('SIGINT');
		const { code, stdout, stderr } = await program.ended;
		expect({ code, stdout, stderr }).toEqual({
			code: 0,
			stdout: `Following ${log}\nOpen http://127.0.0.1:${port}/?token=${TOKEN} · Ctrl-C ends it\n`,
			stderr: '',
		});
	});

	it('ends in one second although a watcher is there, as the npm script too', async () => {
		await using folder = await temporaryFolder();
		await using client = new HttpClient();
		const port = await freePort();
		await using program = startScript('log-monitor', folder.file('later-*.log'), '--port', String(port));
		await started(client, port);
		const socket = await client.connect(`ws://127.0.0.1:${port}/watch`);
		await socket.sendJson({ type: 'subscribe', after: 0 });
		await writeFile(folder.file('later-1.log'), 'here I am\n');
		expect(await lines(socket, 1)).toEqual(['info here I am']);
		program.signal('SIGTERM');
		const { stdout } = await program.ended;
		expect(stdout).toContain('No file matches yet: it is waited for.');
	});

	it('names a port that is taken', async () => {
		await using monitor = await startMonitor();
		await using program = startFile(PROGRAM, ['/nothing.log', '--port', String(monitor.port)]);
		const { code, stderr } = await program.ended;
		expect(code).toBe(1);
		expect(stderr).toBe(
			`The monitor cannot listen on 127.0.0.1, port ${monitor.port}: the port is taken: give another one, or 0 for a free one.\n`,
		);
	});

	it.each([
		[[], 'Which files? Give paths or patterns'],
		[['a.log', '--prot', '1'], 'There is no option --prot: did you mean --port?'],
		[['a.log', '--lines', 'x'], '--lines must be a whole number from 0 to 100000, got "x".'],
		[['a.log', '--port'], "Option '--port <value>' argument missing"],
	])('%j is refused', (argv, message) => {
		expect(() => readArguments(argv, {})).toThrow(message);
	});

	it('ends with 2 for wrong use', async () => {
		await using program = startFile(PROGRAM, ['a.log', '--host', '0.0.0.0']);
		const { code, stderr } = await program.ended;
		expect(code).toBe(2);
		expect(stderr).toMatch(/^host is "0\.0\.0\.0", which others can reach: give a token/);
	});
});

it('every example of docs/monitor.md runs', async () => {
	await using monitor = await startMonitor();
	await using site = await startServer({ '/': '<a href="/">home</a>' });
	monitor.publish({ text: 'started' });
	const here = (code: string): string =>
		code
			.replaceAll('127.0.0.1:7373', `127.0.0.1:${monitor.port}`)
			.replaceAll("run(['https://shop.example/'])", `run(['${site.url}/'])`)
			.replaceAll("name: 'shop',", "name: 'shop', storage: ':memory:',");
	const examples = ['docs/monitor.md', 'packages/monitor/README.md'].flatMap((page) =>
		[...readFileSync(join(root, page), 'utf8').matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, code = '']) => code),
	);
	// Beside this file, so that they find the packages.
	const folder = mkdtempSync(join(import.meta.dirname, '.examples-monitor-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	expect(examples.length).toBeGreaterThan(3);
	for (const [index, code] of examples.entries()) {
		const file = join(folder, `${index}.ts`);
		writeFileSync(file, here(code));
		await using program = startFile(file.slice(root.length), []);
		const { code: exitCode, stderr } = await program.ended;
		expect({ code, exitCode, stderr }).toEqual({ code, exitCode: 0, stderr: '' });
	}
});
