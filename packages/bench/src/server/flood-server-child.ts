import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import type { FloodServerReport } from './flood-server.ts';
import { reportToBench } from './server-process.ts';
import { binaryFrame, floodOf } from './websocket-frames.ts';

const upgrader = new WebSocketServer({ noServer: true, perMessageDeflate: false });
const server = createServer();
let sent = 0;

server.on('upgrade', (request, socket, head) => {
	const query = new URL(request.url ?? '/', 'ws://bench.test').searchParams;
	const frame = binaryFrame(Buffer.alloc(Number(query.get('bytes')), 'x'));
	upgrader.handleUpgrade(request, socket, head, (webSocket) => {
		void flood(webSocket, socket, frame, Number(query.get('count')));
	});
});

/** Writes past ws, whose own sending costs more than the reading that is to be measured. */
async function flood(webSocket: WebSocket, socket: Duplex, frame: Buffer, count: number): Promise<void> {
	const closed = new AbortController();
	webSocket.once('close', () => closed.abort());
	webSocket.on('error', () => {}); // a contestant that breaks off is told of by itself
	try {
		for (const { bytes, frames } of floodOf(frame, count)) {
			if (closed.signal.aborted) return;
			if (!socket.write(bytes)) await once(socket, 'drain', { signal: closed.signal });
			sent += frames;
		}
	} catch {
		return;
	}
	webSocket.close(1000);
}

server.listen(0, '127.0.0.1');
await once(server, 'listening');
const { port } = server.address() as AddressInfo;

reportToBench((): FloodServerReport => {
	const report = { url: `ws://127.0.0.1:${port}`, sent };
	sent = 0;
	return report;
});
