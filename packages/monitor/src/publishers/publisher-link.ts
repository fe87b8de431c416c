import type { LogInput } from '../protocol/log-entry.ts';
import type { CrawlNumbers } from '../protocol/numbers.ts';
import type { Logs, MessageFromPublisher, MessageToPublisher, PublisherHello } from '../protocol/publisher-messages.ts';
import { PROTOCOL_VERSION } from '../protocol/version.ts';
import type { HubSocket } from '../sockets/server-socket.ts';
import type { SourceTable } from '../sources/source-table.ts';
import { PendingCommands } from './pending-commands.ts';
import type { KnownPublisher, PublisherNames } from './publisher-names.ts';

/** What publishers lead to. */
export interface PublisherHub {
	readonly hubId: string;
	readonly heartbeatMs: number;
	readonly sources: SourceTable;
	readonly publishers: PublisherNames;
	readonly publish: (entries: readonly LogInput[]) => void;
	readonly numbers: (source: string, numbers: CrawlNumbers) => void;
	/** Watchers are to be shown that a source has come or gone. */
	readonly wake: () => void;
}

/** A publisher that does not say hello within this time is closed. */
const HELLO_WITHIN_MS = 10_000;

/** The hub's end of a publisher's connection. */
export class PublisherLink {
	readonly #hub: PublisherHub;
	readonly #socket: HubSocket;
	readonly #pending = new PendingCommands();
	readonly #late: NodeJS.Timeout;
	#publisher: KnownPublisher | undefined;

	constructor(hub: PublisherHub, socket: HubSocket) {
		this.#hub = hub;
		this.#socket = socket;
		this.#late = setTimeout(() => socket.close(1008, 'hello is wanted first'), HELLO_WITHIN_MS);
		this.#late.unref();
		socket.onClose(() => this.#end());
	}

	take(message: MessageFromPublisher): void {
		if (message.type === 'hello') {
			this.#greet(message);
			return;
		}
		const publisher = this.#publisher;
		if (publisher === undefined) {
			this.#socket.close(1008, 'hello is wanted first');
			return;
		}
		switch (message.type) {
			case 'logs':
				this.#log(publisher, message);
				break;
			case 'numbers':
				this.#hub.numbers(publisher.source, message.numbers);
				break;
			case 'result': {
				const { id, type: _, ...outcome } = message;
				this.#pending.answer(id, outcome);
				break;
			}
			default:
				message satisfies never;
		}
	}

	#greet({ instance, source, kind, pid, acked, commands }: PublisherHello): void {
		if (this.#publisher !== undefined) {
			this.#socket.close(1008, 'hello is wanted once');
			return;
		}
		clearTimeout(this.#late);
		const { sources, publishers, hubId, heartbeatMs } = this.#hub;
		const publisher = publishers.meet(instance, source, acked, (name) => sources.isConnected(name));
		// It is back before the hub saw that its last connection is dead.
		publisher.disconnect?.();
		publisher.disconnect = () => this.#replace();
		this.#publisher = publisher;
		sources.set(publisher.source, {
			kind,
			pid,
			commands,
			handler: (command) => this.#pending.ask(command, (message) => this.#send(message)),
		});
		const name = publisher.source;
		this.#send({
			type: 'welcome',
			version: PROTOCOL_VERSION,
			hub: hubId,
			source: name,
			seq: publisher.seq,
			heartbeatMs,
		});
		this.#hub.wake();
	}

	#log(publisher: KnownPublisher, { seq, entries }: Logs): void {
		const { lost, fresh } = freshEntries(publisher.seq, seq, entries);
		const lines: LogInput[] = fresh.map((entry) => ({ ...entry, source: publisher.source }));
		if (lost > 0) lines.unshift(lossOf(publisher.source, lost));
		publisher.seq = Math.max(publisher.seq, seq);
		this.#hub.publish(lines);
		this.#send({ type: 'ack', seq: publisher.seq });
	}

	#replace(): void {
		this.#publisher = undefined;
		this.#socket.close(1008, 'The publisher has another connection');
	}

	#end(): void {
		clearTimeout(this.#late);
		this.#pending.giveUp();
		if (this.#publisher === undefined) return;
		this.#publisher.disconnect = undefined;
		this.#hub.sources.leave(this.#publisher.source);
		this.#hub.wake();
	}

	#send(message: MessageToPublisher): void {
		this.#socket.send(JSON.stringify(message));
	}
}

/** Which of the entries, the last of which is `seq`, come after `taken`, and how many are missing between. */
export function freshEntries(
	taken: number,
	seq: number,
	entries: readonly LogInput[],
): { readonly lost: number; readonly fresh: readonly LogInput[] } {
	const first = seq - entries.length + 1;
	return { lost: Math.max(0, first - taken - 1), fresh: entries.slice(Math.max(0, taken - first + 1)) };
}

function lossOf(source: string, lost: number): LogInput {
	const text = `${lost} lines of "${source}" were dropped: its queue was full.`;
	return { level: 'warning', source, text };
}
