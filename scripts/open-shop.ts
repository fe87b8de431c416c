// npm run open-shop [-- port]: keeps the sample shop open, to have something to crawl and to look at.
import { startShop } from '../packages/testkit/src/index.ts';
import { opened, serverArguments } from './server-script.ts';

const usage = 'npm run open-shop [-- port]';
const { port } = serverArguments({ usage, before: [], defaultPort: 8081 });
const shop = await opened(port, () => startShop({ port }));
console.log(`The sample shop is open at ${shop.url}/ until you press Ctrl-C. It has ${shop.products.length} products.`);
