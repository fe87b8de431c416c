import type { RequestLabel } from '../errors.ts';
import { WebSocketError } from './websocket-error.ts';

/** What identifies a message to its server. */
export type MessageId = string | number;

/** One message, whole: fragments are put together. */
export class WebSocketMessage {
	/** A string when the peer sent text, else the bytes: a view into what was read with them, so copy what is kept long. */
	readonly data: string | Buffer;
	readonly isBinary: boolean;
	/** What `resumeFrom.id` said, if it was asked. */
	readonly id: MessageId | undefined;
	readonly #request: RequestLabel;
	#parsed: { readonly value: unknown } | undefined;

	constructor(
		data: string | Buffer,
		request: RequestLabel,
		idOf?: (message: WebSocketMessage) => MessageId | undefined,
	) {
		this.data = data;
		this.isBinary = typeof data !== 'string';
		this.#request = request;
		this.id = idOf?.(this);
	}

	/** The message as text; bytes are read as UTF-8. */
	text(): string {
		return typeof this.data === 'string' ? this.data : this.data.toString('utf8');
	}

	/**
	 * The message parsed as JSON, once: a second call hands out the same value.
	 *
	 * @throws WebSocketError with reason `not-json`.
	 */
	json<T = unknown>(): T {
		this.#parsed ??= { value: this.#parse() };
		return this.#parsed.value as T;
	}

	#parse(): unknown {
		try {
			return JSON.parse(this.text());
		} catch (error) {
			const detail = error instanceof Error ? error.message : String(error);
			throw new WebSocketError(this.#request, 'not-json', `sent a message that is not JSON: ${detail}`, {
				cause: error,
			});
		}
	}
}
