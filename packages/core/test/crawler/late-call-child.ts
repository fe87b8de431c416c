// Run as a process of its own, whose end tells: node late-call-child.ts <site> <path>...
import { Crawler, type CrawlerContext, Dataset, KeyValueStore, log } from '../../src/index.ts';

const [site, ...paths] = process.argv.slice(2) as [string, ...string[]];

const calls: Record<string, (context: CrawlerContext) => unknown> = {
	pushData: ({ pushData }) => void pushData({ late: 1 }),
	twice: ({ pushData }) => [void pushData({ late: 1 }), void pushData({ late: 2 })],
	inside: async ({ pushData }) => {
		await pushData({ late: 1 });
	},
	addRequests: ({ addRequests }) => void addRequests(['/9']),
	enqueueLinks: ({ enqueueLinks }) => void enqueueLinks(),
	crawler: ({ crawler }) => void crawler.addRequests([`${site}/9`]),
	dataset: () => void Dataset.pushData({ late: 1 }),
	store: () => void KeyValueStore.setValue('late', 1),
	mine: () => void Promise.reject(new Error('of the script')),
};

log.setLevel(log.LEVELS.ERROR);
const crawler = new Crawler({
	storage: ':memory:',
	respectRobotsTxtFile: false,
	requestHandler: (context) => {
		const call = calls[new URL(context.request.url).pathname.slice(1)];
		setTimeout(() => call?.(context), 50);
	},
});
await crawler.run(paths.map((path) => `${site}/${path}`));
await new Promise((resolve) => setTimeout(resolve, 200));
const { items } = await (await crawler.getDataset()).getData();
process.stdout.write(`done: ${crawler.counts().handled} pages, ${items.length} rows\n`);
await crawler[Symbol.asyncDispose]();
