// npm run open-files [-- port]: keeps a server of files open, to have something to download.
import { generatedSha256, startFileServer } from '../packages/testkit/src/index.ts';
import { opened, serverArguments } from './server-script.ts';

const MIB = 1024 ** 2;
const headers = { 'Last-Modified': new Date(Date.UTC(2026, 0, 1)).toUTCString() };

// Each connection is as slow as one to a busy mirror: several parts are faster than one.
const files = {
	'large.iso': { size: 200 * MIB, seed: 1, bytesPerSecond: 5 * MIB, headers },
	'medium.zip': { size: 30 * MIB, seed: 2, bytesPerSecond: 3 * MIB, headers },
	'small.pdf': { size: 2 * MIB, seed: 3, headers },
	'cut.tar': { size: 40 * MIB, seed: 4, cutAfter: 9 * MIB, headers },
};
const { port } = serverArguments({ usage: 'npm run open-files [-- port]', before: [], defaultPort: 8083 });
const server = await opened(port, () => startFileServer({ files, port }));
const sums = await Promise.all(
	Object.entries(files).map(async ([name, { seed, size }]) => `${await generatedSha256(seed, size)}  ${name}\n`),
);
server.setFile('SHA256SUMS', { content: sums.join('') });
const urls = Object.keys(files).map((name) => `${server.url}/${name}\n`);
server.setFile('urls.txt', { content: urls.join('') });

console.log(`These files can be had until you press Ctrl-C:
${urls.join('')}${server.url}/SHA256SUMS has their digests, ${server.url}/urls.txt is a list of them. One way to get them all:

  npm run download -- ${server.url}/SHA256SUMS ${server.url}/urls.txt --output storage --overwrite replace
  npm run download -- --input storage/urls.txt --checksums storage/SHA256SUMS --output storage`);
