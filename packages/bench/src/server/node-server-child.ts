import { startStaticSite } from '@orbweaver/testkit';
import type { NodeServerReport } from './node-server.ts';
import { reportToBench } from './server-process.ts';

const [directory = '.'] = process.argv.slice(2);
const site = await startStaticSite(directory);

reportToBench((): NodeServerReport => ({ url: site.url, requests: site.log.requests.length }));
