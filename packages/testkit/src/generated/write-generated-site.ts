import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { renderPage } from './generated-page.ts';
import type { GeneratedSiteOptions } from './options.ts';
import { completeOptions } from './options.ts';
import type { GeneratedSiteStats } from './site-stats.ts';
import { SiteStats } from './site-stats.ts';
import { generatedUrls, pageFile, robotsTxt } from './urls.ts';

/** How many files are written at the same time. */
const writesAtOnce = 16;

/**
 * Writes a generated site as files for nginx or another web server: `index.html`, `robots.txt`, and folders of pages.
 * What is in `dir` already stays, unless it has the name of a page.
 *
 * @returns what the pages weigh; `robots.txt` does not count.
 */
export async function writeGeneratedSite(dir: string, options: GeneratedSiteOptions): Promise<GeneratedSiteStats> {
	const site = completeOptions(options);
	const stats = new SiteStats();
	await mkdir(dir, { recursive: true });
	await writeFile(join(dir, 'robots.txt'), robotsTxt);
	const folders = new Set(Array.from({ length: site.pages }, (_, i) => dirname(pageFile(i))));
	for (const folder of folders) await mkdir(join(dir, folder), { recursive: true });
	let writes: Promise<void>[] = [];
	for (let i = 0; i < site.pages; i += 1) {
		const { html, links } = renderPage(site, i);
		const bytes = Buffer.from(html);
		stats.add(bytes, links);
		writes.push(writeFile(join(dir, pageFile(i)), bytes));
		if (writes.length === writesAtOnce) {
			await Promise.all(writes);
			writes = [];
		}
	}
	await Promise.all(writes);
	return stats.finish(generatedUrls(site).length);
}
