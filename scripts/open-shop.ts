// npm run open-shop [-- port]: keeps the sample shop open, to have something to crawl and to look at.
import { startShop } from '../packages/testkit/src/index.ts';

const shop = await startShop({ port: Number(process.argv[2] ?? 8081) });
console.log(`The sample shop is open at ${shop.url}/ until you press Ctrl-C. It has ${shop.products.length} products.`);
