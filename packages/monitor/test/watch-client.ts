import { once } from 'node:events';
import { WebSocket } from 'ws';
import type { LogEntry } from '../src/protocol/log-entry.ts';
import type { MessageFromWatcher, MessageToWatcher, Subscribe } from '../src/protocol/watcher-messages.ts';

/** A watcher that keeps everything that it is sent. */
export class WatchClient implements AsyncDisposable {
	readonly messages: MessageToWatcher[] = [];
	readonly socket: WebSocket;
	readonly closed: Promise<{ readonly code: number; readonly reason: string }>;
	#onMessage: () => void = () => undefined;

	constructor(url: string, headers: Record<string, string> = {}) {
		this.socket = new WebSocket(`${url.replace('http', 'ws')}/watch`, { headers });
		this.socket.on('error', () => undefined);
		this.socket.on('message', (data) => {
			this.messages.push(JSON.parse(String(data)) as MessageToWatcher);
			this.#onMessage();
		});
		this.closed = new Promise((resolve) => {
			this.socket.once('close', (code, reason) => resolve({ code, reason: reason.toString() }));
		});
	}

	/** A connected one, that has subscribed. */
	static async open(url: string, subscribe?: Omit<Subscribe, 'type'>): Promise<WatchClient> {
		const client = new WatchClient(url);
		await once(client.socket, 'open');
		if (subscribe !== undefined) client.say({ type: 'subscribe', ...subscribe });
		return client;
	}

	get entries(): readonly LogEntry[] {
		return this.of('entries').flatMap(({ entries }) => entries);
	}

	get texts(): readonly string[] {
		return this.entries.map(({ text }) => text);
	}

	of<Type extends MessageToWatcher['type']>(type: Type): readonly Extract<MessageToWatcher, { type: Type }>[] {
		return this.messages.filter((message) => message.type === type) as Extract<MessageToWatcher, { type: Type }>[];
	}

	say(message: MessageFromWatcher): void {
		this.socket.send(JSON.stringify(message));
	}

	/** Resolves when it holds; a test that waits in vain runs into its timeout. */
	async until(holds: () => boolean): Promise<void> {
		while (!holds()) await new Promise<void>((resolve) => (this.#onMessage = resolve));
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.socket.terminate();
		await this.closed;
	}
}
