import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { ClientOptions } from 'ws';
import { WebSocket } from 'ws';

/** An open connection, what it got, and how it ends. */
export interface Client {
	readonly socket: WebSocket;
	readonly messages: (string | Buffer)[];
	readonly errors: Error[];
	/** Resolves to the close code. */
	readonly closed: Promise<number>;
}

export interface ClientTo extends ClientOptions {
	readonly protocols?: string[];
}

/** Connects, or rejects with the error of the handshake. */
export async function connectTo(url: string, { protocols = [], ...options }: ClientTo = {}): Promise<Client> {
	const socket = new WebSocket(url, protocols, options);
	onTestFinished(() => socket.terminate());
	const messages: (string | Buffer)[] = [];
	const errors: Error[] = [];
	socket.on('message', (data, isBinary) => messages.push(isBinary ? (data as Buffer) : data.toString()));
	socket.on('error', (error) => errors.push(error));
	const closed = new Promise<number>((resolve) => socket.once('close', resolve));
	await new Promise((resolve, reject) => {
		socket.once('open', resolve);
		socket.once('error', reject);
	});
	return { socket, messages, errors, closed };
}

/** Waits until `condition` holds; the test's own time limit ends a wait that is in vain. */
export async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await sleep(2);
}
