import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { startApi } from '@orbweaver/testkit';
import { describe, expect, it } from 'vitest';
import { parseRequest } from '../apps/api-batch/src/parse-request.ts';
import { startFile, startScript } from './fixtures/process.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

describe.concurrent('npm run open-api', () => {
	it('says in one sentence what it cannot use', async () => {
		await using api = await startApi();
		const port = new URL(api.url).port;
		const usage = 'npm run open-api -- [port] [--sample <file>] [--count <n>]';
		const ends = [];
		for (const args of [['--help'], ['--sampel'], ['--sample'], [port]]) {
			await using script = startFile('scripts/open-api.ts', args);
			const { code, output } = await script.ended;
			ends.push([code, output]);
		}
		expect(ends).toEqual([
			[0, `${usage}\n`],
			[2, `There is no option --sampel: ${usage}\n`],
			[2, `--sample needs a value: ${usage}\n`],
			[1, expect.stringMatching(new RegExp(`^Port ${port} is taken: .*\\n$`))],
		]);
	});

	it('writes requests that api-batch can run, and says how', async () => {
		await using folder = await temporaryFolder();
		const sample = folder.file('new/requests.jsonl');
		await using script = startScript('open-api', '0', '--sample', sample, '--count', '30');
		while (!existsSync(sample)) await sleep(5);
		// It has to be there for a while: what it says comes when it is open.
		await sleep(1_000);
		script.signal('SIGINT');
		const { stdout } = await script.ended;
		const [, url = ''] = /open at (\S+) until/.exec(stdout) ?? [];
		expect(stdout).toContain(`npm run api-batch -- ${sample} --base-url ${url} --user ada`);
		const lines = readFileSync(sample, 'utf8').trimEnd().split('\n');
		const parsed = lines.map((line, index) => parseRequest(line, index + 1, 'http://127.0.0.1/'));
		expect(parsed.filter((line) => 'request' in line)).toHaveLength(30);
	});
});
