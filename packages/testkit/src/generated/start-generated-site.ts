import { sendReply } from '../server/handler.ts';
import type { ListenOptions } from '../server/listen.ts';
import type { TestServer } from '../server/start-server.ts';
import { startServer } from '../server/start-server.ts';
import { renderPage } from './generated-page.ts';
import type { GeneratedSiteOptions } from './options.ts';
import { completeOptions } from './options.ts';
import { generatedUrls, pageAt, robotsTxt } from './urls.ts';

/** A running generated site. */
export interface GeneratedSiteServer extends TestServer {
	/** Every distinct URL, without fragments; all are reached by following links from the first. */
	readonly urls: readonly string[];
}

/**
 * Serves a generated site. Pages are made when asked for, so a large site costs no memory; for benchmarks write it
 * with `writeGeneratedSite` and let a web server serve it.
 *
 * @throws {RangeError} naming the option that is out of range.
 */
export async function startGeneratedSite(
	options: ListenOptions & Omit<GeneratedSiteOptions, 'origin'> = {},
): Promise<GeneratedSiteServer> {
	// Only the origin is unknown before the port is.
	const { pages } = completeOptions({ ...options, origin: 'http://127.0.0.1' });
	const server = await startServer((_, response, url) => {
		if (url.pathname === '/robots.txt') {
			return sendReply(response, { headers: { 'Content-Type': 'text/plain' }, body: robotsTxt });
		}
		const i = pageAt(url.pathname, pages);
		if (i === undefined) return sendReply(response, { status: 404, body: 'No such page' });
		sendReply(response, { headers: { 'Content-Type': 'text/html' }, body: renderPage(site, i).html });
	}, options);
	const site = completeOptions({ ...options, origin: server.url });
	return { ...server, urls: generatedUrls(site) };
}
