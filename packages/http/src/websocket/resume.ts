import { requireKnownNames } from '../check-names.ts';
import { wholeNumber } from '../check-numbers.ts';
import { InvalidRequestError } from '../errors.ts';
import type { MessageId, WebSocketMessage } from './websocket-message.ts';

/**
 * How a reconnect tells the server where the last connection came to. Give `id`, and at least one of `parameter`,
 * `header` and `apply`.
 */
export interface ResumeOptions {
	/** The id of a message; undefined when it has none. What it throws ends the connection. */
	readonly id: (message: WebSocketMessage) => MessageId | undefined;
	/** The query parameter that gets the last id: `from` makes `?from=41`. */
	readonly parameter?: string;
	/** The header that gets the last id, such as `Last-Event-ID`. */
	readonly header?: string;
	/** Changes URL or headers as the server wants it. The origin must stay. */
	readonly apply?: (url: URL, headers: Headers, lastId: MessageId) => void;
	/** Where an earlier connection came to (its `lastId`): sent with the first handshake already. */
	readonly lastId?: MessageId;
	/** How many ids that are strings are remembered, to drop repeated messages. Default 1,000. */
	readonly remember?: number;
}

const NAMES: readonly (keyof ResumeOptions)[] = ['id', 'parameter', 'header', 'apply', 'lastId', 'remember'];

/** @throws InvalidRequestError naming the option and what would do. */
export function checkResume(options: ResumeOptions): void {
	requireKnownNames('resumeFrom', options, NAMES);
	const { id, parameter, header, apply, lastId, remember } = options;
	if (typeof id !== 'function') {
		throw new InvalidRequestError(
			`resumeFrom.id is of type ${typeof id}: give a function, such as (message) => message.json<{ id: number }>().id.`,
		);
	}
	if (parameter === undefined && header === undefined && apply === undefined) {
		throw new InvalidRequestError(
			'resumeFrom does not say how the last id is sent: give parameter, header or apply besides id.',
		);
	}
	if (apply !== undefined && typeof apply !== 'function') {
		throw new InvalidRequestError(`resumeFrom.apply is of type ${typeof apply}: give a function.`);
	}
	if (lastId !== undefined) checkedId('resumeFrom.lastId is', lastId);
	if (remember !== undefined) wholeNumber('resumeFrom.remember', remember, 1);
}

const REMEMBERED = 1_000;

/**
 * Where a connection is in a stream of messages, over all its reconnects. A message that was here before is dropped:
 * ids that are numbers have to grow, so one that is not above the highest is a repetition; strings are compared with
 * the last ones seen.
 */
export class ResumePoint {
	readonly #options: ResumeOptions;
	#lastId: MessageId | undefined;
	#highest = Number.NEGATIVE_INFINITY;
	readonly #recent = new Set<string>();

	constructor(options: ResumeOptions) {
		this.#options = options;
		if (options.lastId !== undefined) this.isNew(options.lastId);
	}

	readonly idOf = (message: WebSocketMessage): MessageId | undefined => {
		const id = this.#options.id(message);
		return id === undefined ? undefined : checkedId('resumeFrom.id returned', id);
	};

	/** Takes a note of an id; false when it was seen before. */
	isNew(id: MessageId): boolean {
		if (typeof id === 'number') {
			if (id <= this.#highest) return false;
			this.#highest = id;
		} else {
			if (this.#recent.has(id)) return false;
			this.#recent.add(id);
			const [oldest] = this.#recent;
			if (oldest !== undefined && this.#recent.size > (this.#options.remember ?? REMEMBERED))
				this.#recent.delete(oldest);
		}
		this.#lastId = id;
		return true;
	}

	/** Puts the last id into the next handshake; nothing before there is one. */
	apply(url: URL, headers: Headers): void {
		const { parameter, header, apply } = this.#options;
		const lastId = this.#lastId;
		if (lastId === undefined) return;
		if (parameter !== undefined) url.searchParams.set(parameter, String(lastId));
		if (header !== undefined) headers.set(header, String(lastId));
		const { origin } = url;
		apply?.(url, headers, lastId);
		if (url.origin === origin) return;
		// What was meant for one server, credentials above all, would go to another.
		throw new InvalidRequestError(`resumeFrom.apply changed the origin from ${origin} to ${url.origin}: keep it.`);
	}
}

function checkedId(what: string, id: unknown): MessageId {
	if (typeof id === 'string' || (typeof id === 'number' && Number.isFinite(id))) return id;
	const shown = typeof id === 'number' ? String(id) : `of type ${typeof id}`;
	throw new InvalidRequestError(`${what} ${shown}: an id is a string, a finite number or undefined.`);
}
