import { WebSocketServer as Upgrader } from 'ws';
import { sendReply } from '../server/handler.ts';
import type { ListenOptions, UpgradeHandler } from '../server/listen.ts';
import { listen } from '../server/listen.ts';
import { RequestLog } from '../server/request-log.ts';
import type { TestServer } from '../server/start-server.ts';
import { wholeNumber } from '../whole-number.ts';
import type { ConnectionEnd, ReceivedMessage } from './connections.ts';
import { Connections } from './connections.ts';
import { decideUpgrade, refusal } from './decide-upgrade.ts';
import { Peer } from './peer.ts';
import { refuseUpgrade } from './refuse-upgrade.ts';

export interface WebSocketServerOptions extends ListenOptions {
	/** What a client must show, as `Authorization: Bearer …` or as the cookie `token`; otherwise it gets 401. */
	readonly token?: string;
	/** The subprotocols spoken: the first that the client offers is taken. None by default. */
	readonly subprotocols?: readonly string[];
	/** Whether `permessage-deflate` (RFC 7692) is agreed to; false by default. */
	readonly compression?: boolean;
}

/** A running WebSocket server. Its log holds the upgrades, with 101 or the status that refused them. */
export interface WebSocketServer extends TestServer {
	/** The origin for clients that want it so: `ws://127.0.0.1:41234`. */
	readonly wsUrl: string;
	/** How many connections are open now. */
	readonly connections: number;
	/** How many were ever opened. */
	readonly opened: number;
	/** Every message of every client, in order of arrival. */
	readonly received: readonly ReceivedMessage[];
	/** How many pings arrived, all of which are answered. */
	readonly pings: number;
	/** How connections ended, in order. */
	readonly ends: readonly ConnectionEnd[];
	/** How many bytes of messages of `/flood` the system took. */
	readonly flooded: number;
	/** Sends an event to all of `/feed` and returns its id: 1, 2, 3 and so on. */
	publish(data: unknown): number;
	/** Answers the next `times` upgrades with `status`. */
	refuseNext(times: number, status: number): void;
	/** Reads nothing from and sends nothing to those who are connected now, pings included, and closes nothing. */
	vanish(): void;
	/** Goes on after `vanish`; what waited is read and sent then. */
	appear(): void;
	/** Cuts all connections without a closing handshake: their clients see 1006. */
	drop(): void;
	/** Closes all connections with a closing handshake. 1000 by default. */
	closeAll(code?: number, reason?: string): void;
	/** Writes bytes as they are to all connections, such as one of `malformedFrames`. */
	sendRaw(bytes: Uint8Array): void;
}

/**
 * Starts a WebSocket server (RFC 6455) with three paths:
 * - `/echo` sends every message back;
 * - `/feed?from=<id>` sends what is published as JSON, `{"id":1,"data":…}`: all events after `from`, and then or
 *   without it those to come;
 * - `/flood?bytes=65536&count=…` sends binary messages as fast as they are read, without `count` for ever.
 *
 * @throws {RangeError} if `hostname` is not loopback; the system's error if the port is taken.
 * @example
 * await using server = await startWebSocketServer();
 * const socket = new WebSocket(`${server.wsUrl}/feed?from=0`);
 * server.publish('hello'); // the client gets {"id":1,"data":"hello"}
 * server.drop(); // and should come back with from=1
 */
export async function startWebSocketServer(options: WebSocketServerOptions = {}): Promise<WebSocketServer> {
	const { token, subprotocols = [], compression = false, ...where } = options;
	const upgrader = new Upgrader({
		noServer: true,
		clientTracking: false,
		perMessageDeflate: compression,
		handleProtocols: (offered) => [...offered].find((name) => subprotocols.includes(name)) ?? false,
	});
	const log = new RequestLog();
	const connections = new Connections();
	const refusing = { times: 0, status: 503 };

	const onUpgrade: UpgradeHandler = (request, socket, head) => {
		let decision = decideUpgrade(request.url ?? '/', request.headers, token);
		if (refusing.times > 0) {
			refusing.times -= 1;
			decision = refusal(refusing.status, 'Refused, as asked for\n');
		}
		if (decision.kind === 'refusal') {
			refuseUpgrade(socket, decision);
			return decision.status;
		}
		const endpoint = decision;
		let status = 400; // what ws answers to a handshake that is none
		upgrader.handleUpgrade(request, socket, head, (webSocket) => {
			status = 101;
			connections.join(new Peer(request, socket, webSocket), endpoint);
		});
		return status;
	};

	const server = await listen(
		(_, response) => {
			const headers = { Upgrade: 'websocket', Connection: 'Upgrade', 'Content-Type': 'text/plain' };
			sendReply(response, { status: 426, headers, body: 'This server speaks WebSocket\n' });
		},
		[log],
		where,
		onUpgrade,
	);
	return {
		...server,
		wsUrl: server.url.replace('http:', 'ws:'),
		log,
		received: connections.received,
		ends: connections.ends,
		get connections() {
			return connections.open;
		},
		get opened() {
			return connections.opened;
		},
		get pings() {
			return connections.pings;
		},
		get flooded() {
			return connections.flooded;
		},
		publish: (data) => connections.feed.publish(data),
		refuseNext: (times, status) => {
			wholeNumber('times', times, 0, Number.MAX_SAFE_INTEGER);
			wholeNumber('status', status, 200, 599);
			Object.assign(refusing, { times, status });
		},
		vanish: () => connections.each((peer) => peer.vanish()),
		appear: () => connections.each((peer) => peer.appear()),
		drop: () => connections.each((peer) => peer.terminate()),
		closeAll: (code = 1000, reason = '') => connections.each((peer) => peer.close(code, reason)),
		sendRaw: (bytes) => connections.each((peer) => peer.sendRaw(bytes)),
	};
}
