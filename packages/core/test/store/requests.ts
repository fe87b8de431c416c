import type { NewRequest } from '../../src/store/crawl-store.ts';

/** A request for `path` of a domain, as it goes into a store. */
export function newRequest(path: string, more: Partial<NewRequest> = {}): NewRequest {
	const domain = more.domain ?? 'a.example';
	const url = `http://${domain}${path}`;
	return { uniqueKey: url, url, domain, method: 'GET', priority: 0, crawlDepth: 0, ...more };
}

/** Many of them: `/0`, `/1` … */
export function newRequests(count: number, more: Partial<NewRequest> = {}): NewRequest[] {
	return Array.from({ length: count }, (_, index) => newRequest(`/${index}`, more));
}
