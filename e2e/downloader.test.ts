import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FileServer, generatedSha256, rangesOf, startFileServer } from '@orbweaver/testkit';
import { describe, expect, it } from 'vitest';
import { readArguments } from '../apps/downloader/src/arguments.ts';
import { barLine } from '../apps/downloader/src/bar-line.ts';
import { readJobs } from '../apps/downloader/src/read-jobs.ts';
import { UsageError } from '../apps/downloader/src/usage-error.ts';
import { wrapText } from '../apps/downloader/src/wrap-text.ts';
import { type Ended, type Running, startCommand, startScript } from './fixtures/process.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

const MIB = 1024 ** 2;

/** Three parts of the least length that is worth a connection: none of them is divided further. */
const SIZE = 12 * MIB;

/** The program itself, without npm around it. */
const PROGRAM = ['apps/downloader/src/main.ts'];

/** What begins the commands to a terminal. */
const ESCAPE = '\u001B';

interface Summary {
	readonly exitCode: number;
	readonly totals: Readonly<Record<string, number>>;
	readonly files: readonly {
		readonly url: string;
		readonly status: string;
		readonly path?: string;
		readonly bytes?: number;
		readonly resumedFrom?: number;
		readonly skipped?: boolean;
		readonly reason?: string;
		readonly problem?: string;
	}[];
}

function startDownload(...args: string[]): Running {
	return startCommand(process.execPath, ...PROGRAM, ...args);
}

async function download(...args: string[]): Promise<Ended> {
	await using running = startDownload(...args);
	return await running.ended;
}

/** What is said of a command line before anything is fetched. */
async function refusal(...args: string[]): Promise<string> {
	try {
		const settings = readArguments(args);
		await (settings && readJobs(settings));
	} catch (error) {
		if (error instanceof UsageError) return error.message;
		throw error;
	}
	return 'It was taken.';
}

function summaryOf({ stdout, output }: Ended): Summary {
	expect(stdout, output).toMatch(/^\{/);
	return JSON.parse(stdout) as Summary;
}

function sha256Of(path: string): string {
	return createHash('sha256').update(readFileSync(path)).digest('hex');
}

/** What lies in a folder, hidden things too. */
function namesIn(folder: string): string[] {
	return readdirSync(folder).sort();
}

async function until(condition: () => boolean): Promise<void> {
	while (!condition()) await sleep(5);
}

/** Three files of which each connection brings the first mebibyte of what it was asked for, and then nothing more. */
function threeFiles(): Promise<FileServer> {
	const file = (seed: number) => ({ size: SIZE, seed, stallAfter: MIB });
	return startFileServer({ files: { 'a.bin': file(1), 'b.bin': file(2), 'c.bin': file(3) } });
}

const NAMES = ['a.bin', 'b.bin', 'c.bin'] as const;

async function expectThreeFiles(folder: string): Promise<void> {
	for (const [index, name] of NAMES.entries()) {
		expect(sha256Of(join(folder, name))).toBe(await generatedSha256(index + 1, SIZE));
	}
	expect(namesIn(folder)).toEqual(NAMES);
}

describe.concurrent('npm run download', () => {
	it('brings several files in several parts each, and keeps to its limits', async () => {
		await using folder = await temporaryFolder();
		await using server = await startFileServer({
			files: { 'a.bin': { size: SIZE, seed: 1 }, 'b.bin': { size: SIZE, seed: 2 }, 'c.bin': { size: SIZE, seed: 3 } },
		});
		const urls = NAMES.map((name) => `${server.url}/${name}`);
		const limits = ['--segments', '3', '--parallel', '2', '--limit-rate', '16M'];
		await using script = startScript('download', ...urls, '--output', folder.path, ...limits, '--json');
		const ended = await script.ended;
		expect(ended.code, ended.output).toBe(0);
		await expectThreeFiles(folder.path);
		for (const name of NAMES) {
			expect(rangesOf(server.log, name)).toHaveLength(3);
			expect(server.bytesServed(name)).toBeLessThan(1.5 * SIZE);
		}
		// The first response of a file is given up after its third: the server may see that a little later.
		expect(server.log.maxInFlight()).toBeLessThanOrEqual(6 + 2);
		const { totals } = summaryOf(ended);
		expect(totals).toMatchObject({ files: 3, there: 3, failed: 0, bytes: 3 * SIZE, downloadedBytes: 3 * SIZE });
		// A slow machine takes longer; nothing takes less.
		expect(totals.seconds).toBeGreaterThan((3 * SIZE) / (16 * MIB) - 0.25);
	});

	it('goes on after a kill with what had arrived', async () => {
		await using folder = await temporaryFolder();
		await using server = await threeFiles();
		const urls = NAMES.map((name) => `${server.url}/${name}`);
		const args = [...urls, '--output', folder.path, '--segments', '3', '--json'];
		await using killed = startDownload(...args);
		await until(() => NAMES.every((name) => existsSync(folder.file(`${name}.part.json`))));
		killed.signal('SIGKILL');
		expect(await killed.ended).toMatchObject({ signal: 'SIGKILL', stdout: '' });
		expect(NAMES.filter((name) => existsSync(folder.file(name)))).toEqual([]);

		// The log of the server says when what the killed one asked for has ended.
		await until(() => server.log.inFlight === 0);
		const before = NAMES.map((name) => server.bytesServed(name));
		for (const name of NAMES) server.setFaults(name);
		const finished = await download(...args);
		expect(finished.code, finished.output).toBe(0);
		await expectThreeFiles(folder.path);
		expect(finished.stderr).toMatch(/^a\.bin: goes on from .+iB$/m);
		expect(finished.stderr).toMatch(/^a\.bin: 12 MiB in .+ of it from an earlier run$/m);
		for (const [index, { resumedFrom = 0 }] of summaryOf(finished).files.entries()) {
			expect(resumedFrom).toBeGreaterThan(0);
			const served = server.bytesServed(NAMES[index] ?? '') - (before[index] ?? 0);
			expect(served).toBe(SIZE - resumedFrom);
		}
	});

	it('stops at Ctrl-C, keeps what has arrived, and goes on', async () => {
		await using folder = await temporaryFolder();
		await using server = await threeFiles();
		server.setFile('a.bin', { size: SIZE, seed: 1 });
		const urls = [...NAMES, 'd.bin'].map((name) => `${server.url}/${name}`);
		const args = [...urls, '--output', folder.path, '--parallel', '2', '--overwrite', 'error'];
		// As npm starts it, which passes on the signal that the program has had already.
		await using script = startCommand(process.execPath, 'scripts/with-setup.mjs', 'node', ...PROGRAM, ...args);
		// One is there, two are under way, one has not begun.
		await until(() => ['b.bin', 'c.bin'].every((name) => existsSync(folder.file(`${name}.part.json`))));
		expect(existsSync(folder.file('a.bin'))).toBe(true);
		script.signal('SIGINT');
		const stopped = await script.ended;
		expect(stopped).toMatchObject({ code: 130, signal: null });
		expect(stopped.stderr).toContain('Stopping; what has arrived is kept.');
		expect(stopped.stdout).toContain('1 of 4 files there, 12 MiB.');
		expect(stopped.stdout).toMatch(
			/Stopped: 2 files midway, with .+, 1 file not begun\. The same command goes on from here\./,
		);
		expect(namesIn(folder.path)).toEqual(
			expect.arrayContaining(['a.bin', 'b.bin.part', 'b.bin.part.json', 'c.bin.part', 'c.bin.part.json']),
		);

		await until(() => server.log.inFlight === 0);
		server.setFile('d.bin', { content: 'the last one' });
		for (const name of NAMES) server.setFaults(name);
		const asked = server.log.hits('/a.bin');
		const finished = await download(...args);
		expect(finished.code, finished.output).toBe(0);
		expect(finished.stdout).toContain('4 of 4 files there, 36 MiB.');
		expect(finished.stdout).toMatch(/MiB were left from an earlier run\.\n1 file had been there already\./);
		expect(namesIn(folder.path)).toEqual([...NAMES, 'd.bin']);
		expect(sha256Of(folder.file('b.bin'))).toBe(await generatedSha256(2, SIZE));
		// It is known to be done, although the server says nothing that a file could be recognised by.
		expect(server.log.hits('/a.bin')).toBe(asked);
	});

	it('leaves no file whose checksum is wrong, and brings the others', async () => {
		await using folder = await temporaryFolder();
		await using server = await startFileServer({
			files: { 'good.bin': { size: 1000, seed: 1 }, 'wrong.bin': { size: 1000, seed: 2 } },
		});
		const output = folder.file('files');
		const sums = [`${await generatedSha256(1, 1000)}  good.bin`, `SHA256 (wrong.bin) = ${'0'.repeat(64)}`, ''];
		await writeFile(folder.file('SHA256SUMS'), sums.join('\n'));
		const urls = ['good.bin', 'missing.bin', 'wrong.bin'].map((name) => `${server.url}/${name}`);
		const refused = await refusal(...urls, '--checksums', folder.file('SHA256SUMS'));
		expect(refused).toContain('URL 2: ');
		expect(refused).toContain('has no checksum for "missing.bin"');

		await writeFile(folder.file('SHA256SUMS'), [...sums, `${'1'.repeat(64)} *./missing.bin`].join('\n'));
		const ended = await download(...urls, '--checksums', folder.file('SHA256SUMS'), '--output', output);
		expect(ended.code, ended.output).toBe(1);
		expect(ended.stdout).toContain('1 of 3 files there, 1.0 KiB.');
		expect(ended.stdout).toContain('2 files failed:');
		expect(ended.stdout).toContain(`${server.url}/missing.bin answered 404.`);
		expect(ended.stdout).toMatch(
			/wrong\.bin is not the file that was expected: its sha256 is [\da-f]{64}, not 0{64}\./,
		);
		expect(namesIn(output).filter((name) => !name.startsWith('.'))).toEqual(['good.bin']);
	});

	it('takes lists, with names, digests, mirrors and comments', async () => {
		await using folder = await temporaryFolder();
		const files = { 'a.bin': { size: 1000, seed: 1 }, 'b.bin': { size: 1000, seed: 2 } };
		await using server = await startFileServer({ files });
		await using broken = await startFileServer({ files: { 'b.bin': { content: '', status: { code: 404 } } } });
		const list = `# what is wanted\r\n\r\n${server.url}/a.bin  sha256=${await generatedSha256(1, 1000)}  out=first part/the a.bin # twice
${broken.url}/b.bin\t${server.url}/b.bin
${server.url}/a.bin
  out=second.bin
`;
		await writeFile(folder.file('urls.txt'), list);
		const output = folder.file('files');
		const ended = await download('--input', folder.file('urls.txt'), '--output', output, '--json', '--retries', '0');
		expect(ended.code, ended.output).toBe(0);
		expect(namesIn(output)).toEqual(['b.bin', 'first part', 'second.bin']);
		expect(sha256Of(join(output, 'first part/the a.bin'))).toBe(await generatedSha256(1, 1000));
		expect(sha256Of(join(output, 'b.bin'))).toBe(await generatedSha256(2, 1000));
		expect(summaryOf(ended).files.map(({ status, bytes }) => [status, bytes])).toEqual(
			Array.from({ length: 3 }, () => ['there', 1000]),
		);

		const command = `printf '${server.url}/a.bin|${server.url}/b.bin\\n' | ${process.execPath} ${PROGRAM[0]} - --output '${output}'`;
		await using piped = startCommand('sh', '-c', command);
		expect(await piped.ended).toMatchObject({ code: 0 });
		expect(namesIn(output)).toEqual(['a.bin', 'b.bin', 'first part', 'second.bin']);
	});

	it('names a file as the server does where the URL has no name', async () => {
		await using folder = await temporaryFolder();
		const named = { content: 'text', contentDisposition: 'attachment; filename="../report 7.txt"' };
		const files = { 'get.php': named, latest: { content: 'other' }, 'a.iso.part.json': { content: '{}' } };
		await using server = await startFileServer({ files });
		const urls = [`${server.url}/get.php?id=7`, `${server.url}/latest`, `${server.url}/a.iso.part.json`];
		const ended = await download(...urls, '--output', folder.path);
		expect(ended.code, ended.output).toBe(0);
		expect(namesIn(folder.path)).toEqual(['a.iso_part.json', 'latest', 'report 7.txt']);

		const two = [`${server.url}/get.php?id=7`, `${server.url}/get.php?id=8`];
		const both = await download(...two, '--output', folder.path, '--overwrite', 'replace', '--parallel', '1');
		expect(both.code).toBe(1);
		expect(both.stdout).toContain('replaced what');
	});

	it('sends the headers, and shows no password', async () => {
		await using folder = await temporaryFolder();
		await using server = await startFileServer({ files: { 'a.bin': { content: 'a' } } });
		const url = server.url.replace('//', '//ada:secret@');
		const args = ['--header', 'X-Key: top', '--header', 'Referer: https://example.com/', '--output', folder.path];
		const ended = await download(`${url}/a.bin`, `${url}/b.bin`, ...args);
		expect(ended.code).toBe(1);
		const authorization = `Basic ${Buffer.from('ada:secret').toString('base64')}`;
		for (const { headers } of server.log.requests) {
			expect(headers).toMatchObject({ 'x-key': 'top', referer: 'https://example.com/', authorization });
		}
		expect(ended.output).not.toMatch(/secret|top/);
		expect(readFileSync(folder.file('.orbweaver-download.jsonl'), 'utf8')).not.toContain('secret');
	});
});

describe.concurrent('what npm run download says', () => {
	it('on a pipe: lines on standard error, the summary on standard output', async () => {
		await using folder = await temporaryFolder();
		const files = { 'a.bin': { size: 4 * MIB, seed: 1, bytesPerSecond: MIB }, 'b.bin': { content: 'b' } };
		await using server = await startFileServer({ files });
		const urls = [`${server.url}/a.bin`, `${server.url}/b.bin`, `${server.url}/c.bin`];
		const ended = await download(...urls, '--output', folder.path);
		expect(ended.code).toBe(1);
		expect(ended.stderr).toMatch(/^1 of 3 files · 1 failed · .+ MiB · .+\/s · 0:0\d left$/m);
		expect(ended.stderr).toMatch(/^a\.bin: 4\.0 MiB in 0:\d\d, .+\/s$/m);
		expect(ended.stderr).toMatch(/^c\.bin: failed$/m);
		expect(ended.stdout).toMatch(
			/^2 of 3 files there, 4\.0 MiB\.\n4\.0 MiB downloaded in 0:\d\d, .+\/s\.\n1 file failed:\n {2}http.+ answered 404\.\n$/,
		);
		expect(ended.output).not.toContain(ESCAPE);
		expect(ended.output).not.toContain('\r');
	});

	it('of a file that breaks off: why, what is kept, and how to go on', async () => {
		await using folder = await temporaryFolder();
		await using server = await startFileServer({ files: { 'a.bin': { size: SIZE, seed: 1, stallAfter: MIB } } });
		const once = ['--retries', '0', '--timeout', '1', '--segments', '1'];
		const ended = await download(`${server.url}/a.bin`, '--output', folder.path, ...once);
		expect(ended.code, ended.output).toBe(1);
		expect(ended.stderr).toMatch(/^a\.bin: failed$/m);
		expect(ended.stdout).toContain('1.0 MiB of it are kept: the same command goes on from there.');
	});

	it('of a host that does not answer: that it is asked again, once', async () => {
		await using folder = await temporaryFolder();
		const ended = await download('http://127.0.0.1:1/a.bin', '--output', folder.path, '--retries', '2');
		expect(ended.code, ended.output).toBe(1);
		expect(ended.stderr).toMatch(/^127\.0\.0\.1:1 does not answer; it is asked again.+\na\.bin: failed\n$/);
	});

	it('in lines that fit: whole words, and what matters most', () => {
		expect(wrapText('a.bin: 12 MiB, checked', 14)).toEqual(['a.bin: 12 MiB,', 'checked']);
		expect(wrapText('a-long-name.iso', 10)).toEqual(['a-long-nam', 'e.iso']);
		const progress = { bytes: 12 * MIB, total: 200 * MIB, bytesPerSecond: 9 * MIB, secondsLeft: 21 };
		for (const columns of [100, 80, 60, 50, 40, 30]) {
			const facts = { ...progress, segments: 1, resumedFrom: 0, restarts: 0 };
			const line = barLine('a-long-name-of-a-disk.iso', facts, columns, (_, width) => '#'.repeat(width));
			expect(line.length).toBeLessThan(columns);
			expect(line).toMatch(/^a-lon.*…\S*\.?iso.* 6%.* 0:21$/);
		}
	});

	it('--quiet: only what went wrong; with --json, what became of each file', async () => {
		await using folder = await temporaryFolder();
		await using server = await startFileServer({
			files: { 'a.bin': { content: 'aaa', headers: { 'Last-Modified': new Date(0).toUTCString() } } },
		});
		const urls = [`${server.url}/a.bin`, `${server.url}/b.bin`];
		const quiet = await download(...urls, '--output', folder.path, '--quiet');
		expect(quiet).toMatchObject({ code: 1, stdout: '', stderr: `${urls[1]} answered 404.\n` });
		const json = summaryOf(await download(...urls, '--output', folder.path, '--quiet', '--json'));
		expect(json).toMatchObject({
			exitCode: 1,
			totals: { files: 2, there: 1, skipped: 1, failed: 1, stopped: 0, waiting: 0, bytes: 3, downloadedBytes: 0 },
			files: [
				{ url: urls[0], status: 'there', path: folder.file('a.bin'), bytes: 3, skipped: true },
				{ url: urls[1], status: 'failed', path: folder.file('b.bin'), reason: 'status' },
			],
		});
	});

	const hasScript = spawnSync('script', ['--version']).status === 0;
	it.skipIf(!hasScript)('on a terminal (needs script of util-linux): bars that go away', async () => {
		await using folder = await temporaryFolder();
		const files = { 'a.bin': { size: 4 * MIB, seed: 1, bytesPerSecond: 4 * MIB }, 'b.bin': { content: 'b' } };
		await using server = await startFileServer({ files });
		const command = `stty cols 100 rows 30; ${process.execPath} ${PROGRAM[0]} ${server.url}/a.bin ${server.url}/b.bin --output '${folder.path}'`;
		await using terminal = startCommand('script', '-qec', command, '/dev/null');
		const { code, stdout } = await terminal.ended;
		expect(code, stdout).toBe(0);
		expect(stdout).toMatch(/1 of 2 files · .+ · .+\/s · \d+:\d\d left/);
		expect(stdout).toMatch(/a\.bin +\d+% █+░+ +[\d.]+ MiB of 4\.0 MiB +.+ [KM]iB\/s +\d+:\d\d/);
		// Lines are wrapped again, the bars are cleared, and then comes the summary.
		expect(stdout).toMatch(new RegExp(String.raw`${ESCAPE}\[\?7h.*${ESCAPE}\[0J2 of 2 files there, 4\.0 MiB\.\r\n`));
	});
});

describe.concurrent('what npm run download refuses', () => {
	const HOST = 'http://127.0.0.1:1';

	it.each([
		['nothing to do', [], ['Which file?', '--help']],
		['an unknown option', [`${HOST}/a.iso`, '--segmets', '3'], ['--segmets', 'did you mean --segments?']],
		['a short option', [`${HOST}/a.iso`, '-o', 'x'], ['There is no option -o: did you mean --output?']],
		['an option that is like none', [`${HOST}/a.iso`, '--xyzzy'], ['There is no option --xyzzy. --help']],
		['no number', [`${HOST}/a.iso`, '--parallel', 'many'], ['--parallel must be a number', '"many"']],
		['no connection at all', [`${HOST}/a.iso`, '--segments', '0'], ['--segments', 'from 1 to 64', '"0"']],
		['a negative number', [`${HOST}/a.iso`, '--retries', '-1'], ['--retries', '"-1"']],
		['no rate', [`${HOST}/a.iso`, '--limit-rate', 'fast'], ['--limit-rate', '500K', '"fast"']],
		['a choice that there is not', [`${HOST}/a.iso`, '--overwrite', 'yes'], ['--overwrite', 'skip', '"yes"']],
		['no header', [`${HOST}/a.iso`, '--header', 'secret'], ['--header must be', "'Referer: "]],
		['a header of its own', [`${HOST}/a.iso`, '--header', 'Range: bytes=0-'], ['"Range"', 'leave it out']],
		['no URL', ['example.com/a.iso'], ['URL 1: "example.com/a.iso" is not a URL', 'https://']],
		['another scheme', ['ftp://ada:secret@127.0.0.1/a.iso'], ['"…@127.0.0.1/a.iso" is not a URL']],
		['no digest', [`${HOST}/a.iso`, '--sha256', 'abc'], ['--sha256 must be 64 hexadecimal digits', '"abc"']],
		['one digest of two', [`${HOST}/a.iso`, `${HOST}/b.iso`, '--sha256', '0'.repeat(64)], ['--sha256', 'there are 2']],
		['two files of one name', [`${HOST}/a.iso`, `${HOST}/b/a.iso`], ['URL 2', 'a.iso"', 'by URL 1', 'out=<name>']],
		['a list that is not there', ['--input', 'no-such-list'], ['no-such-list cannot be read', 'no such file']],
		['a list that is a folder', ['--input', import.meta.dirname], ['cannot be read', 'a folder']],
		['no checksums', [`${HOST}/a.iso`, '--checksums', import.meta.filename], ['holds no checksums']],
	])('%s', async (_, args, words) => {
		const message = await refusal(...args);
		for (const word of words) expect(message).toContain(word);
		expect(message).not.toMatch(/secret|\n/);
	});

	it.each([
		['no URL', 'example', 'line 2: "example" is not a URL'],
		['an unknown option', `${HOST}/b.iso sha265=1`, 'line 2: there is no option "sha265": did you mean "sha256"?'],
		['half an option', `${HOST}/b.iso sha=1`, 'line 2: there is no option "sha": did you mean "sha256"?'],
		['no digest', `${HOST}/b.iso sha256=12`, 'line 2: "sha256=12" is not a sha256 digest'],
		['a name that leads elsewhere', `${HOST}/b.iso out=../b.iso`, 'line 2: "out=../b.iso" must name a file below'],
		['a name that is taken', `${HOST}/b.iso out=a.iso`, 'line 2: "a.iso" is the name of'],
	])('a list with %s', async (_, line, words) => {
		await using folder = await temporaryFolder();
		await writeFile(folder.file('urls.txt'), `${HOST}/a.iso\n${line}\n`);
		expect(await refusal('--input', folder.file('urls.txt'))).toContain(`urls.txt, ${words}`);
	});

	it('a folder that cannot be written, and tells it by the exit code', async () => {
		await using folder = await temporaryFolder();
		await writeFile(folder.file('file'), '');
		const ended = await download(`${HOST}/a.iso`, '--output', folder.file('file/files'));
		expect(ended).toMatchObject({ code: 2, stdout: '' });
		expect(ended.stderr).toBe(
			`The folder ${folder.file('file/files')} cannot be written: a part of the path is a file, not a folder.\n`,
		);
		if (process.platform !== 'linux') return;
		const nowhere = await download(`${HOST}/a.iso`, '--output', '/proc/orbweaver');
		expect(nowhere).toMatchObject({ code: 2, stderr: expect.stringContaining('/proc/orbweaver cannot be written') });
	});

	it('a file that another has the name of, unless told otherwise', async () => {
		await using folder = await temporaryFolder();
		await using server = await startFileServer({ files: { 'a.bin': { content: 'new' } } });
		await writeFile(folder.file('a.bin'), 'old');
		const args = [`${server.url}/a.bin`, '--output', folder.path];
		const refused = await download(...args);
		expect(refused.code).toBe(1);
		expect(refused.stdout).toMatch(/another file has that name\. --overwrite replace replaces it, out=<name>/);
		expect(readFileSync(folder.file('a.bin'), 'utf8')).toBe('old');
		expect(await download(...args, '--overwrite', 'replace')).toMatchObject({ code: 0 });
		expect(readFileSync(folder.file('a.bin'), 'utf8')).toBe('new');
	});
});
