import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { parseRobots } from '@orbweaver/core/robots';
import { HttpClient } from '@orbweaver/http';
import { parseSitemap, UrlFilter } from '@orbweaver/parser';
import type { CrawlSettings } from './crawl-settings.ts';

/** An index of indexes ends somewhere. */
const MOST_SITEMAPS = 1_000;

/** What the protocol allows a sitemap to be, unpacked. */
const MOST_BYTES = 50 * 1024 * 1024;

const unpack = promisify(gunzip);

/**
 * The pages that the sitemaps of the given sites list, as far as they belong to the crawl; one sitemap at a time. A
 * sitemap that cannot be had or read has none.
 */
export async function* sitemapPages(settings: CrawlSettings): AsyncGenerator<string[], void> {
	const { userAgent, urls, headers } = settings;
	await using client = new HttpClient({ ...(userAgent !== undefined && { userAgent }), maxBodyBytes: MOST_BYTES });
	for (const origin of new Set(urls.map((url) => new URL(url).origin))) {
		const fetch = (url: string) => bytesOf(client, url, new URL(url).origin === origin ? headers : {});
		const belongs = filterOf(settings, origin);
		const waiting = await sitemapsOf(origin, fetch);
		const seen = new Set(waiting);
		for (let url = waiting.shift(); url !== undefined; url = waiting.shift()) {
			const bytes = await fetch(url);
			if (bytes === undefined) continue;
			const sitemap = parseSitemap(bytes, url);
			const pages = sitemap.urls.map((page) => page.url).filter((page) => belongs(page));
			if (pages.length > 0) yield pages;
			for (const { url: next } of sitemap.sitemaps) {
				if (seen.has(next) || seen.size >= MOST_SITEMAPS) continue;
				seen.add(next);
				waiting.push(next);
			}
		}
	}
}

type Fetch = (url: string) => Promise<Uint8Array | undefined>;

/** Those that robots.txt names, else the one at the usual place. */
async function sitemapsOf(origin: string, fetch: Fetch): Promise<string[]> {
	const robotsUrl = `${origin}/robots.txt`;
	const robots = await fetch(robotsUrl);
	const named = robots === undefined ? [] : parseRobots(robots, robotsUrl).sitemaps;
	return named.length > 0 ? [...named] : [`${origin}/sitemap.xml`];
}

function filterOf({ same, include, exclude }: CrawlSettings, baseUrl: string): (url: string) => boolean {
	const filter = new UrlFilter({
		strategy: same === 'all' ? 'all' : `same-${same}`,
		baseUrl,
		globs: include,
		exclude,
	});
	return (url) => filter.check(url).accepted;
}

async function bytesOf(
	client: HttpClient,
	url: string,
	headers: Readonly<Record<string, string>>,
): Promise<Uint8Array | undefined> {
	try {
		const { status, body } = await client.read(url, { headers });
		if (status !== 200) return undefined;
		const isPacked = body[0] === 0x1f && body[1] === 0x8b;
		return isPacked ? await unpack(body, { maxOutputLength: MOST_BYTES }) : body;
	} catch {
		return undefined;
	}
}
