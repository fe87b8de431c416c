// npm run serve -- <folder> [port]: serves a folder on loopback, to have something to crawl.
import { statSync } from 'node:fs';
import { startStaticSite } from '../packages/testkit/src/index.ts';
import { opened, serverArguments } from './server-script.ts';

const usage = 'npm run serve -- <folder> [port]';
const { values, port } = serverArguments({ usage, before: ['folder'], defaultPort: 8080 });
const [folder = '.'] = values;
if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) {
	console.error(`${folder} is not a folder.`);
	process.exit(2);
}
const site = await opened(port, () => startStaticSite(folder, { followSymlinks: true, port }));
console.log(`${folder} is served at ${site.url}/ until you press Ctrl-C.`);
