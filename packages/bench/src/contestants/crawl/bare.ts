import { Pool } from 'undici';
import { anchorHrefs } from '../anchor-hrefs.ts';
import type { CrawlContestant } from './contract.ts';

/**
 * The least a crawler can do: a connection pool, a SAX parser, `new URL` and a `Set`. Nothing is durable, polite,
 * retried or bounded. It stands for the speed that the machine allows on one thread.
 */
const crawl: CrawlContestant = async ({ startUrl, concurrency }) => {
	const start = new URL(startUrl);
	const pool = new Pool(start.origin, { connections: concurrency });
	const known = new Set([start.href]);
	const urls = [start.href];
	const items: { url: string; status: number }[] = [];

	const visit = async (url: string): Promise<void> => {
		const { statusCode, body } = await pool.request({ method: 'GET', path: url.slice(start.origin.length) });
		const html = await body.text();
		if (statusCode !== 200) return;
		items.push({ url, status: statusCode });
		for (const href of anchorHrefs(html)) {
			const link = URL.parse(href, url);
			if (link?.hostname !== start.hostname) continue;
			link.hash = '';
			if (known.has(link.href)) continue;
			known.add(link.href);
			urls.push(link.href);
		}
	};

	await new Promise<void>((resolve, reject) => {
		let next = 0;
		let active = 0;
		const pump = (): void => {
			while (active < concurrency && next < urls.length) {
				active += 1;
				visit(urls[next++] as string).then(() => {
					active -= 1;
					pump();
				}, reject);
			}
			if (active === 0) resolve();
		};
		pump();
	});
	await pool.close();
	return { pages: items.length, items: items.length };
};

export default crawl;
