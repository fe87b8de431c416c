// npm run open-api -- [port] [--sample <file>] [--count <n>]: keeps the sample API open, to have something to
// call; `--sample` writes requests for it, which `npm run api-batch` runs.
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { startApi } from '../packages/testkit/src/index.ts';
import { opened } from './server-script.ts';

const USAGE = 'npm run open-api -- [port] [--sample <file>] [--count <n>]';

function readArguments(): { readonly port: number; readonly sample: string | undefined; readonly count: number } {
	try {
		const { values, positionals } = parseArgs({
			allowPositionals: true,
			options: {
				sample: { type: 'string' },
				count: { type: 'string', default: '200' },
				help: { type: 'boolean', default: false },
			},
		});
		if (values.help) {
			console.log(USAGE);
			process.exit(0);
		}
		const [port = '8082', ...more] = positionals;
		if (more.length > 0) throw new Error(`"${more.join(' ')}" is too much: ${USAGE}`);
		if (!/^\d+$/.test(port) || Number(port) > 65_535) {
			throw new Error(`The port must be a number from 0 to 65535, got "${port}".`);
		}
		if (!/^\d{1,7}$/.test(values.count)) throw new Error(`--count must be a whole number, got "${values.count}".`);
		return { port: Number(port), sample: values.sample, count: Number(values.count) };
	} catch (error) {
		const [sentence] = (error as Error).message.split('\n');
		console.error(
			sentence
				?.replace(/^Unknown option '(.+?)'.*/s, `There is no option $1: ${USAGE}`)
				.replace(/^Option '(--\w+).*' argument .*/s, `$1 needs a value: ${USAGE}`),
		);
		process.exit(2);
	}
}

/** Every third one reads an item, the others make new ones. */
function sampleRequest(number: number): object {
	if (number % 3 === 0) return { id: `read-${number}`, path: `items/${1 + (number % 25)}` };
	return { id: `new-${number}`, method: 'POST', path: 'items', json: { name: `Sample ${number}` } };
}

function writeSample(path: string): void {
	const lines = Array.from({ length: count }, (_, index) => `${JSON.stringify(sampleRequest(index + 1))}\n`);
	try {
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, lines.join(''));
	} catch (error) {
		console.error(`The sample cannot be written: ${(error as Error).message}.`);
		process.exit(1);
	}
}

const { port, sample, count } = readArguments();
const api = await opened(port, () => startApi({ port, failEvery: 20 }));
if (sample !== undefined) writeSample(sample);
console.log(`The sample API is open at ${api.url}/ until you press Ctrl-C. It has ${api.items.length} items.
User ${api.user}, password ${api.password}; a token lives two seconds; every 20th request for items fails once.

  API_PASSWORD=${api.password} npm run api-batch -- ${sample ?? 'requests.jsonl'} --base-url ${api.url}/ --user ${api.user} --rate 50/s`);
