// npm run shop -- <url of the shop> [storage file]
import { shopCrawler } from './shop-crawler.ts';

const [shopUrl, storage] = process.argv.slice(2);
if (shopUrl === undefined) {
	console.error('Which shop? npm run shop -- <url> [storage file]');
	process.exit(2);
}

const crawler = shopCrawler(storage === undefined ? {} : { storage });
try {
	await crawler.run([shopUrl]);
	const { itemCount } = (await (await crawler.getDataset()).getInfo()) ?? { itemCount: 0 };
	console.log(`${itemCount} products are in ${crawler.storagePath}.`);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
}
