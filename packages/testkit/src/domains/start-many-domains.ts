import type { Handler } from '../server/handler.ts';
import { sendReply } from '../server/handler.ts';
import type { Listening } from '../server/listen.ts';
import { listen } from '../server/listen.ts';
import { pause } from '../server/pause.ts';
import { RequestLog } from '../server/request-log.ts';
import { wholeNumber } from '../whole-number.ts';
import { domainPage, domainPageAt, domainPagePath } from './domain-page.ts';

export interface ManyDomainsOptions {
	/** How many domains, up to 10,000. */
	readonly domains: number;
	/** How many pages each has; 10 by default. */
	readonly pagesPerDomain?: number;
	/** Each domain's robots.txt; by default one that allows everything. `undefined` answers 404. */
	readonly robots?: (domain: number) => string | undefined;
	/** How long a domain takes to answer a page, in milliseconds; 0 by default. */
	readonly delayMs?: (domain: number) => number;
	/** Whether the index of each domain links to that of the next, the last to the first; true by default. */
	readonly linked?: boolean;
	/** The same port for all; by default each takes a free one. */
	readonly port?: number;
}

/** One of many domains. */
export interface Domain {
	/** Its origin, without a trailing slash: `http://127.1.0.7:40123`. */
	readonly url: string;
	/** As in the `Host` header: `127.1.0.7:40123`. */
	readonly host: string;
	/** The URLs of its pages, its index first. */
	readonly pages: readonly string[];
	/** What this domain was asked. */
	readonly log: RequestLog;
}

export interface ManyDomains {
	readonly domains: readonly Domain[];
	/** What all domains were asked. */
	readonly log: RequestLog;
	/** Every page of every domain. */
	readonly pages: readonly string[];
	close(): Promise<void>;
	[Symbol.asyncDispose](): Promise<void>;
}

/**
 * Starts many small sites, each on a loopback address of its own (127.1.0.0/16), so that a crawler sees many hosts
 * without any name service. Linux answers on all of 127.0.0.0/8; other systems have to be given the addresses first.
 *
 * @throws {RangeError} naming the option that is out of range; the system's error if an address cannot be used.
 */
export async function startManyDomains(options: ManyDomainsOptions): Promise<ManyDomains> {
	const { domains: count, pagesPerDomain = 10, linked = true, port = 0 } = options;
	wholeNumber('domains', count, 1, 10_000);
	wholeNumber('pagesPerDomain', pagesPerDomain, 1, 1_000_000);
	const log = new RequestLog();
	const servers: Listening[] = [];
	const domains: Domain[] = [];
	const close = async (): Promise<void> => {
		await Promise.all(servers.map((server) => server.close()));
	};
	try {
		for (let n = 0; n < count; n += 1) {
			const own = new RequestLog();
			const next = (): string[] => (linked && count > 1 ? [`${domains[(n + 1) % count]?.url}/`] : []);
			const server = await listen(domainHandler(options, n, pagesPerDomain, next), [log, own], {
				port,
				hostname: addressOf(n),
			});
			servers.push(server);
			const pages = Array.from({ length: pagesPerDomain }, (_, i) => server.url + domainPagePath(i));
			domains.push({ url: server.url, host: new URL(server.url).host, pages, log: own });
		}
	} catch (error) {
		await close();
		throw error;
	}
	return { domains, log, pages: domains.flatMap(({ pages }) => pages), close, [Symbol.asyncDispose]: close };
}

function domainHandler(
	{ robots = () => 'User-agent: *\nAllow: /\n', delayMs = () => 0 }: ManyDomainsOptions,
	domain: number,
	pages: number,
	elsewhere: () => string[],
): Handler {
	return async (_, response, url) => {
		if (url.pathname === '/robots.txt') {
			const body = robots(domain);
			if (body === undefined) return sendReply(response, { status: 404 });
			return sendReply(response, { headers: { 'Content-Type': 'text/plain' }, body });
		}
		const i = domainPageAt(url.pathname, pages);
		if (i === undefined) return sendReply(response, { status: 404, body: 'No such page' });
		const ms = delayMs(domain);
		if (ms > 0) await pause(ms, response);
		sendReply(response, { body: domainPage(url.host, i, pages, elsewhere()) });
	};
}

/** 127.1.0.1, 127.1.0.2 … 127.1.0.250, 127.1.1.1 … */
function addressOf(n: number): string {
	return `127.1.${Math.floor(n / 250)}.${(n % 250) + 1}`;
}
