// Run as a process of its own under a limit of the file size: node full-disk-child.ts <site> <storage> <seeds>
import { Crawler } from '../../src/index.ts';

const [site, storage, seeds] = process.argv.slice(2) as [string, string, string];
// What the limit of the file size sends; without a listener the system ends the process.
process.on('SIGXFSZ', () => {});

// One page alone shall be larger than all that is written before it.
const text = 'x'.repeat(seeds === 'one' ? 2_000_000 : 60_000);

const crawler = new Crawler({
	storage,
	respectRobotsTxtFile: false,
	...(seeds === 'one' && { maxRequestsPerCrawl: 1 }),
	requestHandler: ({ request, pushData }) => pushData({ url: request.url, text }),
});
const urls = Array.from({ length: seeds === 'one' ? 1 : 400 }, (_, n) => `${site}/${n}`);
try {
	await crawler.run(urls);
	process.stdout.write('resolved');
} catch (error) {
	process.stdout.write(`rejected: ${(error as Error).message}`);
}
