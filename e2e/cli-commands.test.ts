import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { generatedSha256, startFileServer, startServer, startShop } from '@orbweaver/testkit';
import { describe, expect, it } from 'vitest';
import { Cli, jsonOf, until } from './fixtures/cli.ts';
import { root, startCommand } from './fixtures/process.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

describe('orbweaver fetch', () => {
	it('prints a line for each request, and says by its code whether all succeeded', async () => {
		await using server = await startServer({
			'/a': { headers: { 'content-type': 'application/json' }, body: '{"a":1}' },
			'/b': { headers: { 'content-type': 'text/plain' }, body: 'hello' },
		});
		await using folder = await temporaryFolder();
		const { code, stdout, stderr } = await new Cli(folder).run([
			'fetch',
			`${server.url}/a`,
			`${server.url}/b`,
			`${server.url}/c`,
		]);
		const lines = stdout
			.trimEnd()
			.split('\n')
			.map((line) => JSON.parse(line) as { url: string });
		expect(lines.toSorted((one, other) => one.url.localeCompare(other.url))).toMatchObject([
			{ url: `${server.url}/a`, ok: true, status: 200, json: { a: 1 } },
			{ url: `${server.url}/b`, ok: true, status: 200, text: 'hello' },
			{ url: `${server.url}/c`, ok: false, status: 404 },
		]);
		expect(code).toBe(1);
		expect(stderr).toContain(`3 requests in `);
		expect(stderr).toContain(`${server.url}/c: answered 404`);
	});

	it('reads addresses from standard input, sends a body and a token from the environment, and shows neither', async () => {
		await using server = await startServer({ '/items': { status: 201 } });
		await using folder = await temporaryFolder();
		const line = `printf '# two\\n${server.url}/items\\n\\n${server.url}/items?2\\n' | orbweaver fetch - --json-body '{"name":"Lamp"}' --output out/answers.jsonl --rate 1000/s --json`;
		const ended = await new Cli(folder).shell(line, { ORBWEAVER_BEARER: 'hidden-secret' });
		expect(ended.code, ended.output).toBe(0);
		expect(jsonOf(ended)).toMatchObject({ exitCode: 0, succeeded: 2, failed: 0, output: 'out/answers.jsonl' });
		expect(server.log.requests.map(({ method, headers }) => [method, headers.authorization])).toEqual([
			['POST', 'Bearer hidden-secret'],
			['POST', 'Bearer hidden-secret'],
		]);
		expect(readFileSync(folder.file('out/answers.jsonl'), 'utf8').trimEnd().split('\n')).toHaveLength(2);
		expect(ended.output).not.toContain('hidden-secret');
	});

	it('stops at Ctrl-C with 130', async () => {
		await using server = await startServer({ '/slow': () => {} });
		await using folder = await temporaryFolder();
		await using fetch = new Cli(folder).start(['fetch', `${server.url}/slow`]);
		await until(fetch, () => server.log.hits('/slow') > 0);
		fetch.signal('SIGINT');
		expect(await fetch.ended).toMatchObject({ code: 130 });
	});
});

describe('orbweaver download', () => {
	const SIZE = 300_000;

	it('downloads files into a folder, and finds them there the second time', async () => {
		await using server = await startFileServer({
			files: { 'a.bin': { size: SIZE, seed: 1, reprDigest: true }, 'b.bin': { content: 'b', reprDigest: true } },
		});
		await using folder = await temporaryFolder();
		const cli = new Cli(folder);
		const args = ['download', `${server.url}/a.bin`, `${server.url}/b.bin`, '--output', 'files', '--json'];
		const first = await cli.run(args);
		expect(first.code, first.output).toBe(0);
		expect(jsonOf<{ files: object[] }>(first).files).toHaveLength(2);
		expect(readFileSync(folder.file('files/b.bin'), 'utf8')).toBe('b');
		expect(await cli.run(args)).toMatchObject({ code: 0 });
		const digest = await generatedSha256(1, SIZE);
		const checked = ['download', `${server.url}/a.bin`, '--output', 'again', '--sha256', digest];
		expect((await cli.run(checked)).stdout).toContain('1 of 1 file there.');
		const wrong = await cli.run([...checked.slice(0, -1), '0'.repeat(64), '--output', 'wrong']);
		expect(wrong).toMatchObject({ code: 1 });
		expect(existsSync(folder.file('wrong/a.bin'))).toBe(false);
	});

	it('goes on after Ctrl-C', async () => {
		await using server = await startFileServer({
			files: { 'a.bin': { size: SIZE, seed: 1, bytesPerSecond: SIZE / 3 } },
		});
		await using folder = await temporaryFolder();
		const cli = new Cli(folder);
		const args = ['download', `${server.url}/a.bin`, '--segments', '1'];
		await using first = cli.start(args);
		await until(first, () => readdirSync(folder.path).some((name) => name.startsWith('a.bin.part')));
		await sleep(500);
		first.signal('SIGINT');
		const stopped = await first.ended;
		expect(stopped.code, stopped.output).toBe(130);
		expect(stopped.stdout).toContain('the same command goes on from here');
		const second = await cli.run(args);
		expect(second.code, second.output).toBe(0);
		expect(readFileSync(folder.file('a.bin'))).toHaveLength(SIZE);
	});
});

describe('orbweaver robots', () => {
	it('names the rule and its line', async () => {
		await using shop = await startShop();
		await using folder = await temporaryFolder();
		const cli = new Cli(folder);
		expect(await cli.run(['robots', `${shop.url}/admin/users`])).toEqual(
			expect.objectContaining({
				code: 1,
				stdout: `not allowed: ${shop.url}/admin/users for orbweaver\n  ${shop.url}/robots.txt, line 3: Disallow: /admin/\n`,
				stderr: '',
			}),
		);
		const allowed = await cli.run(['robots', `${shop.url}/about`, '--json']);
		expect(allowed.code).toBe(0);
		expect(jsonOf(allowed)).toMatchObject({ exitCode: 0, isAllowed: true, status: 200 });
	});

	it('tells a file that is not there from one that cannot be had', async () => {
		await using none = await startServer({ '/robots.txt': { status: 404 } });
		await using broken = await startServer({ '/robots.txt': { status: 503 } });
		await using folder = await temporaryFolder();
		const cli = new Cli(folder);
		const [missing, failing] = [
			await cli.run(['robots', `${none.url}/a`]),
			await cli.run(['robots', `${broken.url}/a`]),
		];
		expect(missing).toMatchObject({ code: 0 });
		expect(missing.stdout).toContain('it answered 404');
		expect(failing).toMatchObject({ code: 1 });
		expect(failing.stdout).toContain('answered 503, and so nothing may be fetched');
	});
});

describe('orbweaver links', () => {
	it('lists those of a page and of a file', async () => {
		await using shop = await startShop();
		await using folder = await temporaryFolder();
		const cli = new Cli(folder);
		const { code, stdout } = await cli.run(['links', `${shop.url}/`]);
		expect(code).toBe(0);
		expect(stdout.split('\n')).toContain(`${shop.url}/c/kitchen/`);
		await writeFile(folder.file('page.html'), '<a href="/a">A</a><a class=next href="b">B</a><img src="c.png">');
		const base = ['--base', 'https://example.com/x/'];
		expect((await cli.run(['links', 'page.html', ...base])).stdout).toBe(
			'https://example.com/a\nhttps://example.com/x/b\n',
		);
		expect((await cli.run(['links', 'page.html', ...base, '--all'])).stdout).toContain('https://example.com/x/c.png\n');
		expect(jsonOf(await cli.run(['links', 'page.html', ...base, '--selector', 'a.next', '--json']))).toMatchObject({
			links: [{ url: 'https://example.com/x/b', text: 'B' }],
		});
		expect(await cli.run(['links', 'page.html', '--selector', '::'])).toMatchObject({ code: 2 });
	});
});

describe('orbweaver init and run', () => {
	it('make a project whose script runs and whose types hold', async () => {
		const headers = { 'content-type': 'text/html' };
		await using site = await startServer({ '/': { headers, body: '<a href=a>A</a>' }, '/a': { headers, body: 'A' } });
		await using folder = await temporaryFolder();
		const cli = new Cli(folder);
		const made = await cli.run(['init', 'My Crawl']);
		expect(made.code, made.output).toBe(0);
		// What `npm install` would bring, once there are packages to be had.
		await mkdir(folder.file('My Crawl/node_modules'));
		await symlink(`${root}/packages/cli/node_modules/@orbweaver`, folder.file('My Crawl/node_modules/@orbweaver'));
		await symlink(`${root}/node_modules/@types`, folder.file('My Crawl/node_modules/@types'));
		await using types = startCommand('env', '-C', folder.file('My Crawl'), `${root}/node_modules/.bin/tsc`);
		const checked = await types.ended;
		expect(checked.code, checked.output).toBe(0);
		const help = await cli.run(['run', 'My Crawl/src/main.ts']);
		expect(help).toMatchObject({ code: 2 });
		const ran = await cli.run(['run', 'My Crawl/src/main.ts', `${site.url}/`]);
		expect(ran.code, ran.output).toBe(0);
		expect(ran.stdout).toContain('2 pages are in storage/my-crawl.sqlite');
		expect(await cli.run(['resume'])).toMatchObject({
			code: 2,
			stderr: 'storage/my-crawl.sqlite is the crawl of a script; run the script again, and it goes on.\n',
		});
	});

	it('change nothing that is there', async () => {
		await using folder = await temporaryFolder();
		const cli = new Cli(folder);
		await writeFile(folder.file('README.md'), 'mine');
		expect(await cli.run(['init'])).toMatchObject({ code: 2 });
		expect(readdirSync(folder.path)).toEqual(['README.md']);
	});

	it('make a package of a workspace', async () => {
		await using folder = await temporaryFolder();
		const cli = new Cli(folder);
		expect(await cli.run(['init', 'my-shop', '--app'])).toMatchObject({ code: 2 });
		await writeFile(folder.file('pnpm-workspace.yaml'), 'packages:\n  - apps/*\n');
		expect(await cli.run(['init', 'my-shop', '--app'])).toMatchObject({ code: 0 });
		const manifest = JSON.parse(readFileSync(folder.file('apps/my-shop/package.json'), 'utf8')) as object;
		expect(manifest).toMatchObject({ name: 'my-shop', dependencies: { '@orbweaver/core': 'workspace:*' } });
	});

	it('pass on arguments and exit code of the script, and Ctrl-C', async () => {
		await using folder = await temporaryFolder();
		const cli = new Cli(folder);
		await writeFile(
			folder.file('a.ts'),
			'const code: number = 7;\nconsole.log(process.argv.slice(2).join());\nprocess.exitCode = code;\n',
		);
		expect(await cli.run(['run', 'a.ts', 'one', '--verbose', '--two=2'])).toMatchObject({
			code: 7,
			stdout: 'one,--verbose,--two=2\n',
		});
		await writeFile(
			folder.file('b.ts'),
			"process.on('SIGINT', () => process.exit(130));\nconsole.log('up');\nsetInterval(() => {}, 1_000);\n",
		);
		await using waiting = cli.startShell('orbweaver run b.ts > up.txt');
		await until(
			waiting,
			() => existsSync(folder.file('up.txt')) && readFileSync(folder.file('up.txt'), 'utf8') === 'up\n',
		);
		waiting.signal('SIGINT');
		expect((await waiting.ended).code).toBe(130);
		expect(await cli.run(['run', 'c.ts'])).toMatchObject({ code: 2 });
	});
});

describe('orbweaver doctor', () => {
	it('finds a machine on which the tests run to be well, and leaves no trace', async () => {
		await using folder = await temporaryFolder();
		const ended = await new Cli(folder).run(['doctor', '--json']);
		expect(ended.code, ended.output).toBe(0);
		const { checks } = jsonOf<{ checks: { name: string; state: string }[] }>(ended);
		expect(checks.map(({ name }) => name)).toEqual([
			'Node',
			'SQLite',
			'storage folder',
			'disk',
			'open files',
			'memory',
			'clock',
			'proxy',
		]);
		expect(readdirSync(folder.path)).toEqual([]);
	});

	it('finds a folder that is none, few files, and a wrong proxy whose password it keeps', async () => {
		await using folder = await temporaryFolder();
		const cli = new Cli(folder);
		await writeFile(folder.file('storage'), 'a file');
		const { code, stdout } = await cli.shell('ulimit -n 256; orbweaver doctor', {
			https_proxy: 'http://ada:hidden-secret@proxy.test:3128',
		});
		expect(code).toBe(1);
		expect(stdout).toMatch(/problem {2}storage folder: .+\n {9}make it writable/);
		expect(stdout).toMatch(/warning {2}open files: 256\n {9}raise it/);
		expect(stdout).toContain('https_proxy=proxy.test:3128');
		expect(stdout).not.toContain('hidden-secret');
	});
});

describe('orbweaver monitor', () => {
	it('opens until Ctrl-C, and asks for its token', async () => {
		await using folder = await temporaryFolder();
		await writeFile(folder.file('a.log'), 'hello\n');
		const token = 'a-token-for-a-test-1';
		await using monitor = new Cli(folder).startShell("orbweaver monitor --tail '*.log' 2> out.txt", {
			ORBWEAVER_TOKEN: token,
		});
		const said = (): string => (existsSync(folder.file('out.txt')) ? readFileSync(folder.file('out.txt'), 'utf8') : '');
		await until(monitor, () => said().includes('\n'));
		const url = /http:\/\/[\d.:]+/.exec(said())?.[0] ?? '';
		expect((await fetch(`${url}/metrics`)).status).toBe(401);
		expect((await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
		expect(said()).not.toContain(token);
		monitor.signal('SIGINT');
		expect((await monitor.ended).signal).toBe(null);
	});

	it('shows a crawl, to those who have its address', async () => {
		await using shop = await startShop();
		await using folder = await temporaryFolder();
		const line = `orbweaver crawl ${shop.url}/ --monitor --delay 0.05 2> out.txt`;
		await using crawl = new Cli(folder).startShell(line);
		const said = (): string => (existsSync(folder.file('out.txt')) ? readFileSync(folder.file('out.txt'), 'utf8') : '');
		await until(crawl, () => said().includes('\n') && shop.log.requests.length > 20);
		const [, url = '', token = ''] = /Watch it at (http:\/\/[\d.:]+)\/\?token=(\S+)/.exec(said()) ?? [];
		expect((await fetch(`${url}/metrics`)).status).toBe(401);
		const metrics = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${token}` } });
		expect(await metrics.text()).toContain('orbweaver_pages_total');
		crawl.signal('SIGINT');
		expect((await crawl.ended).code).toBe(130);
	});
});
