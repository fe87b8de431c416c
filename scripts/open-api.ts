// npm run open-api -- [port] [--sample <file>] [--count <n>]: keeps the sample API open, to have something to
// call; `--sample` writes requests for it, which `npm run api-batch` runs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { startApi } from '../packages/testkit/src/index.ts';

const { values, positionals } = parseArgs({
	allowPositionals: true,
	options: {
		sample: { type: 'string' },
		count: { type: 'string', default: '200' },
	},
});

/** Every third one reads an item, the others make new ones. */
function sampleRequest(number: number): object {
	if (number % 3 === 0) return { id: `read-${number}`, path: `items/${1 + (number % 25)}` };
	return { id: `new-${number}`, method: 'POST', path: 'items', json: { name: `Sample ${number}` } };
}

const { sample, count } = values;
const [port = '8082'] = positionals;
if (sample !== undefined) {
	const lines = Array.from({ length: Number(count) }, (_, index) => `${JSON.stringify(sampleRequest(index + 1))}\n`);
	mkdirSync(dirname(sample), { recursive: true });
	writeFileSync(sample, lines.join(''));
}

const api = await startApi({ port: Number(port), failEvery: 20 });
console.log(`The sample API is open at ${api.url}/ until you press Ctrl-C. It has ${api.items.length} items.
User ${api.user}, password ${api.password}; a token lives two seconds; every 20th request for items fails once.

  API_PASSWORD=${api.password} npm run api-batch -- ${sample ?? 'requests.jsonl'} --base-url ${api.url}/ --user ${api.user} --rate 50/s`);
