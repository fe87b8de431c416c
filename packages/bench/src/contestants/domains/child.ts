import { join } from 'node:path';
import { Crawler, log } from '@orbweaver/core';
import { answerAsChild } from '../../measure/child-process.ts';
import type { DomainsAnswer, DomainsJob } from './contract.ts';

await answerAsChild(async (name, job: DomainsJob): Promise<DomainsAnswer> => {
	log.setLevel(log.LEVELS.OFF);
	let pages = 0;
	await using crawler = new Crawler({
		storage: join(job.directory, 'crawl.sqlite'),
		maxConcurrency: job.concurrency,
		domainLimits: { maxConcurrent: 1, minTime: name === 'ours' ? job.minTimeMs : 0 },
		async requestHandler({ request, response, enqueueLinks, pushData }) {
			if (response.statusCode === 200) pages += 1;
			await enqueueLinks();
			await pushData({ url: request.url, status: response.statusCode });
		},
	});
	const started = performance.now();
	await crawler.run([...job.startUrls]);
	const seconds = (performance.now() - started) / 1000;
	const dataset = await crawler.getDataset();
	return { pages, items: (await dataset.getInfo())?.itemCount ?? 0, seconds };
});
