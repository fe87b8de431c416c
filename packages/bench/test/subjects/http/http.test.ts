import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from '../../../src/temporary-folder.ts';
import { bench } from '../../support/bench.ts';

const timeLimitMs = 180_000;

interface Report {
	readonly versions: Record<string, string>;
	readonly results: {
		readonly parts: Record<string, { readonly sections: { outcomes: { name: string; samples: Sample[] }[] }[] }>;
	};
}

interface Sample {
	readonly answer: Record<string, number>;
	readonly served?: number;
	readonly file?: { bytes: number };
}

/** Runs one part in small, and returns what it printed and reported. */
async function small(part: string, ...options: string[]): Promise<{ stdout: string; report: Report }> {
	await using folder = await temporaryFolder('bench-test');
	const file = join(folder.path, 'report.json');
	const { status, stdout, stderr } = bench('http', '--part', part, '--runs', '1', '--json', file, ...options);
	expect({ status, stderr }).toEqual({ status: 0, stderr: expect.stringContaining(`${part}, round 1 of 1: ours\n`) });
	return { stdout, report: JSON.parse(await readFile(file, 'utf8')) };
}

function samplesOf({ results }: Report, part: string, section: number, name: string): Sample[] {
	const { outcomes = [] } = results.parts[part]?.sections[section] ?? {};
	return outcomes.find((outcome) => outcome.name === name)?.samples ?? [];
}

test('tutorial', { timeout: timeLimitMs }, async () => {
	const { stdout, report } = await small('tutorial', '--requests', '5', '--only', 'requests-threads,ours-one,ours');
	expect(stdout).toMatch(/^ours-one +[\d.]+ +[\d.]+ +[\d.]+ +1$/m);
	for (const section of [0, 1]) {
		const [sample] = samplesOf(report, 'tutorial', section, 'ours');
		expect(sample).toMatchObject({ answer: { answers: 5, characters: 5000 }, served: 5 });
	}
	expect(samplesOf(report, 'tutorial', 1, 'ours-one')).toEqual([]);
});

test('requests', { timeout: timeLimitMs }, async () => {
	const options = ['--requests', '50', '--concurrency', '4', '--only', 'ours,undici,aiohttp'];
	const { stdout, report } = await small('requests', ...options);
	expect(stdout).toMatch(/^ours \/ undici +/m);
	expect(stdout).toMatch(/^requests: 50 GETs of a page of 16 KB, 4 at a time, served by /m);
	for (const name of ['ours', 'undici']) {
		const [sample] = samplesOf(report, 'requests', 0, name);
		expect(sample).toMatchObject({ answer: { answers: 50, characters: 50 * 16 * 1024 }, served: 50 });
	}
	expect(report.versions).toMatchObject({ undici: expect.any(String), ws: expect.any(String) });
});

test('download', { timeout: timeLimitMs }, async () => {
	const { stdout, report } = await small('download', '--size', '9', '--only', 'ours,ours-sha256,ours-4,undici,curl');
	expect(stdout).toMatch(/^ours \/ undici +/m);
	for (const name of ['ours', 'ours-sha256', 'undici']) {
		expect(samplesOf(report, 'download', 0, name)).toMatchObject([{ file: { bytes: 9 * 1024 * 1024 } }]);
	}
});

test('websocket', { timeout: timeLimitMs }, async () => {
	const { report } = await small('websocket', '--messages', '400', '--only', 'ours,ws');
	for (const name of ['ours', 'ws']) {
		expect(samplesOf(report, 'websocket', 0, name)).toMatchObject([{ answer: { messages: 400, bytes: 40_000 } }]);
		expect(samplesOf(report, 'websocket', 1, name)).toMatchObject([{ answer: { messages: 100, bytes: 409_600 } }]);
	}
});

test('a part whose contestants are not asked for is left out', { timeout: timeLimitMs }, () => {
	const { status, stdout } = bench('http', '--only', 'ws', '--runs', '1', '--messages', '4');
	expect(stdout).toMatch(/^websocket: /m);
	expect(stdout).not.toMatch(/^(tutorial|requests|download): /m);
	expect(status).toBe(0);
});

test('a part that cannot be measured is named, and the exit code says so', { timeout: timeLimitMs }, () => {
	const line = ['--part', 'download,websocket', '--only', 'undici,ws', '--runs', '1', '--messages', '4'];
	const { status, stdout } = bench('http', ...line, '--size', '1000000000');
	expect(stdout).toMatch(/^download could not be measured: .+ has room for \d+ bytes, /m);
	expect(stdout).toMatch(/^websocket: /m);
	expect(status).toBe(1);
});

test('a contestant that no chosen part has is a wrong command line', () => {
	const { status, stderr } = bench('http', '--part', 'websocket', '--only', 'curl');
	expect(stderr).toContain('--only: no contestant curl; there is ours, ws, aiohttp');
	expect(status).toBe(2);
});
