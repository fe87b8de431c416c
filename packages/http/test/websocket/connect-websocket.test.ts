import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { startWebSocketServer } from '@orbweaver/testkit';
import { expect, it } from 'vitest';
import { InvalidRequestError } from '../../src/errors.ts';
import { connectWebSocket } from '../../src/websocket/connect-websocket.ts';
import { rejection } from '../support/until.ts';
import { connect, testContext } from './support/context.ts';

it('resolves URLs as the client does; http: stands for ws:', async () => {
	await using server = await startWebSocketServer();
	const context = testContext({ resolveUrl: (url) => new URL(url, `${server.url}/api/`) });
	await using connection = await connectWebSocket(context, '../echo?a=b#c');
	expect(connection.url).toBe(`${server.wsUrl}/echo?a=b`);
	expect(server.log.requests[0]?.url).toBe('/echo?a=b');
});

it('refuses what is no address of a WebSocket, and unknown options', async () => {
	expect(await rejection(connect('ftp://localhost/'))).toBeInstanceOf(InvalidRequestError);
	const error = await rejection(connect('ws://localhost/', { hartbeatMs: 5 } as object));
	expect(String(error)).toContain('did you mean "heartbeatMs"');
});

/** Runs a script in a process of its own until it ends by itself. */
async function run(script: string, ...args: string[]): Promise<{ code: unknown; output: string }> {
	const child = spawn(process.execPath, ['--input-type=module', '-e', script, ...args], { stdio: 'pipe' });
	let output = '';
	child.stdout.on('data', (piece) => {
		output += piece;
	});
	child.stderr.on('data', (piece) => {
		output += piece;
	});
	const [code] = await once(child, 'close');
	return { code, output };
}

it('leaves nothing behind that keeps a process alive, and waits to reconnect as long as somebody reads', async () => {
	await using server = await startWebSocketServer();
	server.publish('last words');
	const context = fileURLToPath(import.meta.resolve('./support/context.ts'));
	const script = `
		const { connect } = await import(process.argv[1]);
		const connection = await connect(process.argv[2], {
			heartbeatMs: 60_000,
			reconnect: { baseMs: 300, maxAttempts: 3 },
			resumeFrom: { id: (message) => message.json().id, parameter: 'from' },
			onReconnect: () => console.log('again'),
		});
		for await (const message of connection) {
			console.log(message.text());
			if (message.id === 2) break;
		}
		console.log(connection.state);
	`;
	const running = run(script, context, `${server.wsUrl}/feed?from=0`);
	while (server.opened === 0) await new Promise((resolve) => setTimeout(resolve, 5));
	server.drop();
	server.publish('really');
	expect(await running).toEqual({
		code: 0,
		output: expect.stringMatching(
			/^(\{"id":1,"data":"last words"\}\nagain|again\n\{"id":1,"data":"last words"\})\n\{"id":2,"data":"really"\}\nclosed\n$/,
		),
	});
});
