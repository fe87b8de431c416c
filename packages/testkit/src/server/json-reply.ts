import type { Reply } from './handler.ts';

/** A response that has `value` as JSON (RFC 8259) in its body. */
export function jsonReply(value: unknown, { status = 200, headers = {} }: Omit<Reply, 'body'> = {}): Reply {
	return { status, headers: { 'Content-Type': 'application/json', ...headers }, body: `${JSON.stringify(value)}\n` };
}
