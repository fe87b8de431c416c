import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { Problem } from './problem.ts';

/** The names and values of a JSON object. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** @throws {Problem} 400 unless the body is JSON. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
	const body = await text(request);
	try {
		return JSON.parse(body);
	} catch {
		// The parser's own message quotes the body, and a login has a password in it.
		throw new Problem(400, `The body must be JSON; the ${body.length} characters that arrived are not`);
	}
}

/** @throws {Problem} 400 unless the body is a JSON object. */
export async function readJsonObject(request: IncomingMessage): Promise<JsonObject> {
	const value = await readJson(request);
	if (!isJsonObject(value)) throw new Problem(400, `The body must be a JSON object, not ${nameOf(value)}`);
	return value;
}

export function isJsonObject(value: unknown): value is JsonObject {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameOf(value: unknown): string {
	if (value === null) return 'null';
	return Array.isArray(value) ? 'an array' : `a ${typeof value}`;
}
