import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import { ServerSocket } from './server-socket.ts';

/** Accepts WebSocket connections on an HTTP server, and ends the dead ones. */
export class SocketServer implements AsyncDisposable {
	readonly #upgrader: WebSocketServer;
	readonly #sockets = new Set<ServerSocket>();
	readonly #heartbeat: NodeJS.Timeout;

	/**
	 * @param maxPayloadBytes a longer message closes its connection with 1009.
	 * @param heartbeatMs a peer that was silent for two beats is cut off.
	 */
	constructor(maxPayloadBytes: number, heartbeatMs: number) {
		this.#upgrader = new WebSocketServer({
			noServer: true,
			clientTracking: false,
			perMessageDeflate: false, // costs more CPU than loopback saves
			maxPayload: maxPayloadBytes,
		});
		this.#heartbeat = setInterval(() => {
			for (const socket of this.#sockets) socket.beat();
		}, heartbeatMs);
		this.#heartbeat.unref();
	}

	/** How many are open. */
	get size(): number {
		return this.#sockets.size;
	}

	/** Answers 400 by itself to a handshake that is none. */
	accept(request: IncomingMessage, stream: Duplex, head: Buffer, onSocket: (socket: ServerSocket) => void): void {
		this.#upgrader.handleUpgrade(request, stream, head, (webSocket) => {
			const socket = new ServerSocket(webSocket);
			this.#sockets.add(socket);
			socket.onClose(() => this.#sockets.delete(socket));
			onSocket(socket);
		});
	}

	/** Closes all connections with 1001 (going away). */
	async [Symbol.asyncDispose](): Promise<void> {
		clearInterval(this.#heartbeat);
		const closed = [...this.#sockets].map((socket) => new Promise<void>((resolve) => socket.onClose(resolve)));
		for (const socket of this.#sockets) socket.close(1001, 'The monitor ends');
		await Promise.all(closed);
	}
}
