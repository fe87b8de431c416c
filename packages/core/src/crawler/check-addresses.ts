import { InvalidOptionError } from '../errors.ts';
import { type RequestSource, requireUrl } from '../queue/new-request.ts';

/**
 * Refuses what cannot be crawled before a storage is made for it. What can be read only once is left to the queue.
 *
 * @throws InvalidOptionError that names the address.
 */
export function checkAddresses(requests: unknown): void {
	if (typeof requests === 'string') {
		throw new InvalidOptionError(`Requests are given as a list: ['${requests}'].`);
	}
	if (!Array.isArray(requests)) return;
	for (const source of requests as (string | RequestSource)[]) {
		requireUrl(typeof source === 'object' && source !== null ? source.url : source);
	}
}
