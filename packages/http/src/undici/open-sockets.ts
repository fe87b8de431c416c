import type { Socket } from 'node:net';

/**
 * The sockets that a pool opened and that have not closed. undici forgets a connection over HTTP/2 when its server says
 * GOAWAY, and what it has forgotten would stay for as long as the server likes.
 */
export class OpenSockets {
	readonly #sockets = new Set<Socket>();
	#allClosed: PromiseWithResolvers<void> | undefined;

	add(socket: Socket): void {
		this.#sockets.add(socket);
		socket.once('close', () => {
			this.#sockets.delete(socket);
			if (this.#sockets.size === 0) this.#allClosed?.resolve();
		});
	}

	/** Closes all of them, and waits until they are. */
	async closeAll(): Promise<void> {
		if (this.#sockets.size === 0) return;
		this.#allClosed ??= Promise.withResolvers();
		for (const socket of this.#sockets) socket.destroy();
		await this.#allClosed.promise;
	}
}
