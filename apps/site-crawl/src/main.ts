// npm run crawl -- <url…> [options]: crawls any site, one row a page, and reports its broken links.
import { duration, log, showProgress } from '@orbweaver/core';
import { readArguments, USAGE, UsageError } from './arguments.ts';
import { report } from './report.ts';
import { siteCrawler } from './site-crawler.ts';

try {
	const settings = readArguments(process.argv.slice(2));
	if (settings === undefined) {
		console.log(USAGE);
	} else {
		// What fails is listed at the end, with the page that links to it.
		log.setLevel(log.LEVELS.OFF);
		const forbidden: string[] = [];
		const crawler = siteCrawler(settings, ({ url, reason }) => {
			if (reason === 'robotsTxt' && settings.urls.includes(url)) forbidden.push(url);
		});
		console.log(`Crawling ${settings.urls.join(', ')} into ${crawler.storagePath} …`);
		process.once('SIGINT', () => console.error('\nFinishing the pages in flight; Ctrl-C again leaves at once.'));
		const hideProgress = showProgress(crawler);
		const statistics = await crawler.run(settings.urls);
		hideProgress();
		const results = crawler.storagePath.replace(/(\.sqlite)?$/, '.csv');
		const rows = await crawler.exportData(results, 'csv');
		const { requestsFinished: finished, requestsFailed, crawlerRuntimeMillis } = statistics;
		const hadNothingToDo = finished + requestsFailed + forbidden.length === 0 && crawler.counts().waiting === 0;
		console.log(
			report({
				finished,
				took: duration(crawlerRuntimeMillis / 1_000),
				counts: crawler.counts(),
				rows,
				failures: await crawler.failedRequests({ limit: 1_000 }),
				forbidden,
				hadNothingToDo,
				results,
			}),
		);
	}
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = error instanceof UsageError ? 2 : 1;
}
