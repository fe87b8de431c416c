import type { IncomingHttpHeaders } from 'node:http';
import type { Endpoint } from './decide-upgrade.ts';
import { Feed } from './feed.ts';
import { flood } from './flood.ts';
import type { Peer } from './peer.ts';

/** A message that a client sent. */
export interface ReceivedMessage {
	/** Text as a string, binary as bytes. */
	readonly data: string | Buffer;
	/** The request target of its connection: path and query. */
	readonly url: string;
	/** The headers of its connection's upgrade. */
	readonly headers: IncomingHttpHeaders;
}

/** How a connection ended: what the client's close frame said, 1005 if it had no code, 1006 if there was none. */
export interface ConnectionEnd {
	readonly code: number;
	readonly reason: string;
}

/** Who is connected, what they get, and what was counted. */
export class Connections {
	readonly feed: Feed = new Feed();
	readonly received: ReceivedMessage[] = [];
	readonly ends: ConnectionEnd[] = [];
	readonly #peers = new Set<Peer>();
	#opened = 0;
	#pings = 0;
	#flooded = 0;

	get open(): number {
		return this.#peers.size;
	}

	get opened(): number {
		return this.#opened;
	}

	get pings(): number {
		return this.#pings;
	}

	get flooded(): number {
		return this.#flooded;
	}

	each(act: (peer: Peer) => void): void {
		for (const peer of this.#peers) act(peer);
	}

	/** Takes in a peer and serves it until its connection closes. */
	join(peer: Peer, endpoint: Endpoint): void {
		this.#peers.add(peer);
		this.#opened += 1;
		peer.onPing(() => {
			this.#pings += 1;
		});
		peer.onMessage((data) => {
			this.received.push({ data, url: peer.url, headers: peer.headers });
			if (endpoint.kind === 'echo') void peer.send(data);
		});
		const unfollow = endpoint.kind === 'feed' ? this.feed.follow(endpoint.from, (json) => peer.send(json)) : undefined;
		peer.onClose((code, reason) => {
			this.#peers.delete(peer);
			this.ends.push({ code, reason });
			unfollow?.();
		});
		if (endpoint.kind === 'flood') {
			void flood(peer, endpoint.bytes, endpoint.count, (bytes) => {
				this.#flooded += bytes;
			});
		}
	}
}
