import type { TransportRequest } from '../transport/transport.ts';
import type { CacheControl } from './cache-control.ts';

/** Who sets conditions has a copy of his own and wants to see the 304; parts of bodies are not stored. */
const OWN_CONDITIONS: ReadonlySet<string> = new Set([
	'if-match',
	'if-none-match',
	'if-modified-since',
	'if-unmodified-since',
	'if-range',
	'range',
]);

/**
 * Whether the cache has no part in a request: it is neither answered from it nor stored. Bodies are stored decoded, so a
 * request for the encoded bytes is one of these.
 */
export function passesBy({ method, headers, body, decode }: TransportRequest, wanted: CacheControl): boolean {
	if (method !== 'GET' && method !== 'HEAD') return true;
	return body !== undefined || !decode || wanted.has('no-store') || headers.some(isCondition);
}

/** Names are at even places of a HeaderList. */
function isCondition(item: string, index: number): boolean {
	return index % 2 === 0 && OWN_CONDITIONS.has(item);
}
