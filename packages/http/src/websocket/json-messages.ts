import { requireKnownNames } from '../check-names.ts';
import { InvalidRequestError } from '../errors.ts';
import { WebSocketError } from './websocket-error.ts';
import type { WebSocketMessage } from './websocket-message.ts';

/** What to do with a message that is not JSON. */
export interface JsonOptions {
	/** `throw` ends the loop with a WebSocketError of reason `not-json`, `skip` goes on to the next. Default `throw`. */
	readonly invalid?: 'throw' | 'skip';
}

/**
 * Messages as the values they hold.
 *
 * @throws InvalidRequestError for a wrong option; WebSocketError (while iterating) for a message that is not JSON.
 */
export function jsonMessages<T>(
	messages: AsyncIterable<WebSocketMessage, undefined>,
	options: JsonOptions,
): AsyncGenerator<T, undefined> {
	requireKnownNames('json', options, ['invalid']);
	const { invalid = 'throw' } = options;
	if (invalid !== 'throw' && invalid !== 'skip') {
		throw new InvalidRequestError(`json.invalid is ${String(invalid)}: give "throw" or "skip".`);
	}
	return parsed<T>(messages, invalid);
}

async function* parsed<T>(
	messages: AsyncIterable<WebSocketMessage, undefined>,
	invalid: 'throw' | 'skip',
): AsyncGenerator<T, undefined> {
	for await (const message of messages) {
		let value: T;
		try {
			value = message.json<T>();
		} catch (error) {
			if (invalid === 'skip' && error instanceof WebSocketError) continue;
			throw error;
		}
		yield value;
	}
	return undefined;
}
