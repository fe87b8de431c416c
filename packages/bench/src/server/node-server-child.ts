import { startStaticSite } from '@orbweaver/testkit';
import type { NodeServerReport } from './node-server.ts';

const [directory = '.'] = process.argv.slice(2);
const site = await startStaticSite(directory);

const report = (): void => {
	process.send?.({ url: site.url, requests: site.log.requests.length } satisfies NodeServerReport);
};
process.on('message', report);
// The bench is gone: nobody else will end this process.
process.on('disconnect', () => process.exit());
report();
