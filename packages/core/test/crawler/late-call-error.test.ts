import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { startServer } from '@orbweaver/testkit';
import { describe, expect, test } from 'vitest';
import { LateCallError } from '../../src/crawler/late-call-error.ts';

test('names the page, the call and the way out', () => {
	const error = new LateCallError('pushData', 'http://a.test/');
	expect(error).toMatchObject({
		name: 'LateCallError',
		call: 'pushData',
		message:
			'pushData was called after the handler of http://a.test/ had ended; `await` every call in the handler so that nothing is lost.',
	});
});

const CHILD = fileURLToPath(new URL('late-call-child.ts', import.meta.url));

/** How a process ends in which the pages of these paths call too late. */
async function endOf(...paths: string[]): Promise<{ code: number; output: string; url: string }> {
	await using site = await startServer({ '/*': '<p>page</p>' });
	const args = [CHILD, site.url, ...paths];
	return await new Promise((resolve) => {
		execFile(process.execPath, args, (error, stdout, stderr) => {
			resolve({ code: error === null ? 0 : Number(error.code), output: stdout + stderr, url: site.url });
		});
	});
}

describe('calls that come too late', () => {
	test('are one line each in the log, and end nothing', async () => {
		const late = {
			pushData: 'pushData',
			twice: 'pushData',
			inside: 'pushData',
			addRequests: 'addRequests',
			enqueueLinks: 'enqueueLinks',
			crawler: 'crawler.addRequests',
			dataset: 'pushData',
			store: 'setValue',
		};
		const { code, output, url } = await endOf(...Object.keys(late));
		const lines = output.match(/\S+ was called after the handler of \S+ had ended; `await` every call/g) ?? [];
		const expected = Object.entries(late).map(
			([path, call]) => `${call} was called after the handler of ${url}/${path} had ended; \`await\` every call`,
		);
		expect(lines.sort()).toEqual(expected.sort());
		expect(output).toContain('done: 8 pages, 0 rows');
		expect(code).toBe(0);
	}, 30_000);

	test('what else the script forgets still ends the process', async () => {
		const { code, output } = await endOf('mine');
		expect(output).toContain('Error: of the script');
		expect(output).not.toContain('done');
		expect(code).toBe(1);
	}, 30_000);
});
