import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { AccessRules } from '../access/decide-access.ts';
import { MonitorError } from '../errors.ts';
import type { ServerSocket } from '../sockets/server-socket.ts';
import { SocketServer } from '../sockets/socket-server.ts';
import { answerRequest } from './answer-request.ts';
import { decideUpgrade } from './decide-upgrade.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

/** What the server leads to. */
export interface ServerHandlers {
	readonly onWatcher: (socket: ServerSocket) => void;
	readonly onPublisher: (socket: ServerSocket) => void;
	readonly metrics: () => string;
}

/** How the server listens and what it takes. */
export interface ServerSettings {
	readonly port: number;
	readonly host: string;
	readonly token: string | undefined;
	readonly knownNames: readonly string[];
	readonly heartbeatMs: number;
	readonly maxPayloadBytes: number;
	readonly maxWatchers: number;
	readonly maxPublishers: number;
}

/** Watchers say little: subscriptions and commands. */
const MOST_WATCHER_BYTES = 64 * 1024;

/** The HTTP server: the page, the numbers for machines, and the WebSockets of watchers and publishers. */
export class MonitorServer implements AsyncDisposable {
	readonly #settings: ServerSettings;
	readonly #handlers: ServerHandlers;
	readonly #watchers: SocketServer;
	readonly #publishers: SocketServer;
	readonly #server: Server;

	private constructor(settings: ServerSettings, handlers: ServerHandlers) {
		this.#settings = settings;
		this.#handlers = handlers;
		const { heartbeatMs, maxPayloadBytes } = settings;
		this.#watchers = new SocketServer(Math.min(MOST_WATCHER_BYTES, maxPayloadBytes), heartbeatMs);
		this.#publishers = new SocketServer(maxPayloadBytes, heartbeatMs);
		this.#server = createServer((request, response) => void this.#answer(request, response));
		this.#server.on('upgrade', (request, stream, head) => this.#upgrade(request, stream, head));
	}

	/** @throws MonitorError with code ORB_MONITOR_LISTEN (rejects), for a port that is taken and the like. */
	static async start(settings: ServerSettings, handlers: ServerHandlers): Promise<MonitorServer> {
		const server = new MonitorServer(settings, handlers);
		try {
			await server.#listen();
		} catch (cause) {
			await server[Symbol.asyncDispose]();
			throw listenError(settings, cause);
		}
		return server;
	}

	get port(): number {
		return (this.#server.address() as AddressInfo).port;
	}

	get watchers(): number {
		return this.#watchers.size;
	}

	get publishers(): number {
		return this.#publishers.size;
	}

	async [Symbol.asyncDispose](): Promise<void> {
		const stopped = new Promise<void>((resolve) => this.#server.close(() => resolve()));
		await Promise.all([this.#watchers[Symbol.asyncDispose](), this.#publishers[Symbol.asyncDispose]()]);
		this.#server.closeAllConnections();
		await stopped;
	}

	get #rules(): AccessRules {
		const { token, knownNames } = this.#settings;
		return { token, knownNames, port: this.port };
	}

	#listen(): Promise<void> {
		const { port, host } = this.#settings;
		return new Promise((resolve, reject) => {
			this.#server.once('error', reject);
			this.#server.listen(port, host, () => {
				this.#server.off('error', reject);
				resolve();
			});
		});
	}

	async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const { method = 'GET', url: target = '/', headers } = request;
		const answer = await answerRequest({ method, target, headers }, this.#rules, this.#handlers.metrics);
		response.writeHead(answer.status, { ...SECURITY_HEADERS, ...answer.headers });
		response.end(method === 'HEAD' ? undefined : answer.body);
	}

	#upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
		const { maxWatchers, maxPublishers } = this.#settings;
		const open = { watchers: this.watchers, publishers: this.publishers };
		const most = { watchers: maxWatchers, publishers: maxPublishers };
		const upgrade = decideUpgrade(request.url ?? '/', request.headers, this.#rules, open, most);
		if (upgrade.kind === 'refused') {
			refuseUpgrade(stream, upgrade.status, upgrade.reason);
			return;
		}
		const { onWatcher, onPublisher } = this.#handlers;
		if (upgrade.kind === 'watcher') this.#watchers.accept(request, stream, head, onWatcher);
		else this.#publishers.accept(request, stream, head, onPublisher);
	}
}

function listenError({ host, port }: ServerSettings, cause: unknown): MonitorError {
	const { code, message } = cause as NodeJS.ErrnoException;
	const why = code === 'EADDRINUSE' ? `the port is taken: give another one, or 0 for a free one` : message;
	return new MonitorError('ORB_MONITOR_LISTEN', `The monitor cannot listen on ${host}, port ${port}: ${why}.`, {
		cause,
	});
}
