// npm run serve -- <folder> [port]: serves a folder on loopback, to have something to crawl.
import { startStaticSite } from '../packages/testkit/src/index.ts';

const [folder, port = '8080'] = process.argv.slice(2);
if (folder === undefined || !/^\d+$/.test(port)) {
	console.error('Which folder? npm run serve -- <folder> [port]');
	process.exit(2);
}
const site = await startStaticSite(folder, { followSymlinks: true, port: Number(port) });
console.log(`${folder} is served at ${site.url}/ until you press Ctrl-C.`);
