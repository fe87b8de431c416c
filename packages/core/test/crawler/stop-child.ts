// Run as a process of its own by the tests that send signals: node stop-child.ts <site> <storage> <handler ms>
import { setTimeout as sleep } from 'node:timers/promises';
import { Crawler } from '../../src/index.ts';

const [site, storage, ms] = process.argv.slice(2) as [string, string, string];

const crawler = new Crawler({
	storage,
	maxConcurrency: 4,
	respectRobotsTxtFile: false,
	requestHandler: async ({ request, pushData, enqueueLinks }) => {
		await pushData({ url: request.url });
		await enqueueLinks();
		process.stdout.write(`${request.url}\n`);
		await sleep(Number(ms));
	},
});
const listeners = process.listenerCount('SIGINT');
const { requestsFinished } = await crawler.run([`${site}/`]);
process.stdout.write(`finished ${requestsFinished}, new listeners ${process.listenerCount('SIGINT') - listeners}\n`);
