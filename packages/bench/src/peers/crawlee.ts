import type { Peer } from './peer.ts';

/** The slice of Crawlee that holds `CheerioCrawler`; the `crawlee` package itself would add the browser crawlers to its start-up. */
export const crawlee: Peer = { name: '@crawlee/cheerio', version: '3.18.1' };
