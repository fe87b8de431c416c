import { hash } from 'node:crypto';
import type { ApiRequest } from './api-request.ts';

/** Repeating these does no more than doing them once (RFC 9110 §9.2.2). */
const IDEMPOTENT: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE', 'PUT', 'DELETE']);

/**
 * The `Idempotency-Key` of a request that must not be done twice (draft-ietf-httpapi-idempotency-key-header); undefined
 * when it needs none, or brings its own. The same request of the same run has the same key in every try and after every
 * resume, wherever its line stands; with another body it is another request. Written as a UUID (version 8, RFC 9562 §5.8), which servers take most
 * readily.
 */
export function idempotencyKey(
	runId: string,
	identity: string,
	{ method, url, query, json, headers }: ApiRequest,
): string | undefined {
	if (IDEMPOTENT.has(method)) return undefined;
	if (Object.keys(headers).some((name) => name.toLowerCase() === 'idempotency-key')) return undefined;
	const digest = hash('sha256', JSON.stringify([runId, identity, method, url, query, json]), 'hex');
	const parts = [digest.slice(0, 8), digest.slice(8, 12), `8${digest.slice(12, 15)}`, `8${digest.slice(15, 18)}`];
	return [...parts, digest.slice(18, 30)].join('-');
}
