import type { Reply } from '../server/handler.ts';
import { Problem } from './problem.ts';

/** Remembers answers by `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header), for as long as the server runs. */
export class IdempotentReplies {
	readonly #replies = new Map<string, { readonly request: string; readonly reply: Reply }>();

	/**
	 * The answer given to this key before, or a new one.
	 *
	 * @throws {Problem} 422 if the key came before with another request.
	 */
	once(key: string, request: string, answer: () => Reply): Reply {
		const before = this.#replies.get(key);
		if (before === undefined) {
			const reply = answer();
			this.#replies.set(key, { request, reply });
			return reply;
		}
		if (before.request !== request) throw new Problem(422, 'This Idempotency-Key came before with another body');
		return before.reply;
	}
}
