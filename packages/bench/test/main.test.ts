import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test, vi } from 'vitest';
import { temporaryFolder } from '../src/temporary-folder.ts';
import { bench } from './support/bench.ts';

test('a small crawl prints a table and writes a report', async () => {
	await using folder = await temporaryFolder('bench-test');
	const file = join(folder.path, 'new', 'report.json');
	const { status, stdout, stderr } = bench('crawl', '--pages', '20', '--runs', '1', '--only', 'bare', '--json', file);
	expect(stderr).toContain('round 1 of 1: bare');
	expect(stdout).toMatch(/^bare +21 +/m);
	expect(status).toBe(0);

	const report = JSON.parse(await readFile(file, 'utf8'));
	expect(report).toMatchObject({ subject: 'crawl', machine: { node: process.version }, settings: { pages: 20 } });
	const [{ samples }] = report.results.outcomes;
	expect(samples).toHaveLength(1);
	expect(samples[0]).toMatchObject({ answer: { pages: 21, items: 21 }, served: 21 });
}, 60_000);

test('a small queue prints its tables and leaves nothing on the disk', async () => {
	await using folder = await temporaryFolder('bench-test');
	vi.stubEnv('TMPDIR', folder.path);
	onTestFinished(() => {
		vi.unstubAllEnvs();
	});
	const { status, stdout } = bench(
		'queue',
		'--urls',
		'2000,4000',
		'--requests',
		'2000',
		'--runs',
		'1',
		'--only',
		'ours',
	);
	expect(stdout).toMatch(/^ours +2,000 +/m);
	expect(stdout).toMatch(/^ours, 4,000 +/m);
	expect(stdout).toMatch(/^full +[\d.,]+.* [\d.,]+$/m);
	expect(status).toBe(0);
	expect((await readdir(folder.path)).filter((name) => name.includes('bench'))).toEqual([]);
}, 120_000);

test('a few domains are crawled at their pace', () => {
	const { status, stdout } = bench('domains', '--domains', '5', '--pages', '3', '--min-time', '20', '--runs', '1');
	expect(stdout).toMatch(/^ours +15 +/m);
	expect(stdout).toMatch(/^share of the ideal rate: [\d.]+.*, goal ≥ 0\.9: /m);
	expect(status).toBe(0);
}, 60_000);

test('a queue that is too small to be worked on is a wrong command line', () => {
	const { status, stderr } = bench('queue', '--urls', '1999');
	expect(stderr).toContain('--urls must be at least 2000 each, got 1999');
	expect(status).toBe(2);
});

test('a command line without a subject gets the usage and exit code 2', () => {
	const { status, stdout, stderr } = bench();
	expect(stderr).toMatch(/^name a subject: crawl, parse, http, queue, domains\n\nnpm run bench -- <subject>/);
	expect(stdout).toBe('');
	expect(status).toBe(2);
});

test('a contestant that does not exist is a wrong command line, too', () => {
	const { status, stderr } = bench('crawl', '--only', 'nobody');
	expect(stderr).toContain('--only: no contestant nobody; there is ours, ours-memory, bare, crawlee');
	expect(status).toBe(2);
});

test('help is no mistake', () => {
	const { status, stdout } = bench('--help');
	expect(stdout).toContain('--cpu-profile');
	expect(status).toBe(0);
});
