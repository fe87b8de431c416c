import { existsSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { startShop } from '@orbweaver/testkit';
import { describe, expect, it } from 'vitest';
import { Cli, jsonOf, until } from './fixtures/cli.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

interface Summary {
	readonly exitCode: number;
	readonly pages: number;
	readonly rows: number;
	readonly isStopped: boolean;
	readonly counts: Readonly<Record<string, number>>;
	readonly failures: readonly { readonly url: string; readonly error: string }[];
}

/** What begins the commands to a terminal. */
const ESCAPE = '\u001B';

const PRODUCTS = ['--include', '**/p/*', '--include', '**/c/**'];

describe('orbweaver crawl', () => {
	it('crawls a site, and all that looks at the crawl agrees', async () => {
		await using shop = await startShop();
		await using folder = await temporaryFolder();
		const cli = new Cli(folder);
		const crawled = await cli.run([
			'crawl',
			`${shop.url}/`,
			'--storage',
			'shop.sqlite',
			'--output',
			'pages.csv',
			'--report',
			'out/report.html',
			'--json',
		]);
		expect(crawled.code, crawled.output).toBe(0);
		const summary = jsonOf<Summary>(crawled);
		expect(summary).toMatchObject({ exitCode: 0, isStopped: false, counts: { waiting: 0, leased: 0 } });
		expect(summary.pages).toBeGreaterThan(400);
		expect(summary.rows).toBe(summary.pages);
		expect(summary.failures.map(({ url }) => new URL(url).pathname)).toContain('/stores/harbour');
		expect(readFileSync(folder.file('pages.csv'), 'utf8').trimEnd().split('\r\n')).toHaveLength(summary.pages + 1);

		const report = readFileSync(folder.file('out/report.html'), 'utf8');
		expect(report).toContain('/stores/harbour answered 500');
		expect(report).toContain('Slowest pages');
		// No host is asked for anything: it has no element that would.
		expect(report).not.toMatch(/<(?:script|link|img|iframe|object)\b|\b(?:src|href|url)\s*[=(]|@import/);

		const status = await cli.run(['status', '--storage', 'shop.sqlite', '--json']);
		expect(jsonOf<{ counts: object }>(status).counts).toEqual(summary.counts);
		expect((await cli.run(['status', '--storage', 'shop.sqlite'])).stdout).toMatch(/^shop\.sqlite: done\n/);

		const history = await cli.run(['history', `${shop.url}/stores/harbour`, '--storage', 'shop.sqlite']);
		expect(history).toMatchObject({ code: 0, stderr: '' });
		expect(history.stdout).toMatch(/failed \(HTTP 500\)[\s\S]+tries +4[\s\S]+backwards:[\s\S]+\/contact\n/);

		const exported = await cli.run(['export', '-', '--storage', 'shop.sqlite', '--format', 'jsonl', '--quiet']);
		expect(exported.stdout.trimEnd().split('\n')).toHaveLength(summary.rows);
	});

	it('selects columns, follows what is included, and keeps the facts apart', async () => {
		await using shop = await startShop();
		await using folder = await temporaryFolder();
		const cli = new Cli(folder);
		const selections = [
			'--select',
			'name=.product h1, h1',
			'--select',
			'price=.product .price',
			'--select',
			'css=link[rel=stylesheet]@href',
		];
		const { code, output } = await cli.run([
			'crawl',
			`${shop.url}/`,
			...PRODUCTS,
			...selections,
			'--max-pages',
			'30',
			'--output',
			'rows.jsonl',
			'--quiet',
		]);
		expect({ code, output }).toEqual({ code: 0, output: '' });
		const rows = readFileSync(folder.file('rows.jsonl'), 'utf8')
			.trimEnd()
			.split('\n')
			.map((line) => JSON.parse(line) as Record<string, string | null>);
		const product = rows.find(({ url }) => url?.includes('/p/'));
		expect(product?.name).not.toBe('');
		expect(product?.price).toMatch(/\d/);
		expect(rows.every(({ url }) => /\/(p|c)\/|\/$/.test(url ?? ''))).toBe(true);
		const facts = await cli.run(['export', '-', '--dataset', 'pages', '--format', 'jsonl']);
		expect(JSON.parse(facts.stdout.split('\n')[0] ?? '')).toMatchObject({ status: 200, depth: 0 });
	});

	it('begins with the pages of the sitemap, too', async () => {
		await using shop = await startShop();
		await using folder = await temporaryFolder();
		const cli = new Cli(folder);
		const without = await cli.run(['crawl', `${shop.url}/`, '--max-depth', '0', '--storage', 'a.sqlite', '--json']);
		const with_ = await cli.run([
			'crawl',
			`${shop.url}/`,
			'--max-depth',
			'0',
			'--storage',
			'b.sqlite',
			'--json',
			'--sitemap',
		]);
		expect(jsonOf<Summary>(without).pages).toBe(1);
		expect(jsonOf<Summary>(with_).pages).toBeGreaterThan(1);
	});

	it('goes on after Ctrl-C with resume, as it was begun', async () => {
		await using shop = await startShop();
		await using folder = await temporaryFolder();
		const cli = new Cli(folder);
		await using first = cli.start(['crawl', `${shop.url}/`, '--exclude', '**/help/**', '--per-domain', '2']);
		await until(first, () => shop.log.requests.length > 60);
		first.signal('SIGINT');
		const stopped = await first.ended;
		expect(stopped.code, stopped.output).toBe(130);
		expect(stopped.stdout).toContain('Stopped.');
		expect(stopped.stdout).toContain('go on with: orbweaver resume --storage storage/');
		const early = shop.log.requests.length;
		const resumed = await cli.run(['resume', '--json']);
		expect(resumed.code, resumed.output).toBe(0);
		const { pages, rows } = jsonOf<Summary>(resumed);
		expect(pages).toBeGreaterThan(100);
		expect(rows).toBeGreaterThan(pages);
		expect(shop.log.requests.length).toBeGreaterThan(early);
		expect(shop.log.select(({ url }) => url.includes('/help/'))).toEqual([]);
	});

	it('ends with 143 after SIGTERM', async () => {
		await using shop = await startShop();
		await using folder = await temporaryFolder();
		await using crawl = new Cli(folder).start(['crawl', `${shop.url}/`, '--delay', '0.05', '--json']);
		await until(crawl, () => shop.log.requests.length > 5);
		crawl.signal('SIGTERM');
		const ended = await crawl.ended;
		expect(ended.code, ended.output).toBe(143);
		expect(jsonOf<Summary>(ended)).toMatchObject({ exitCode: 143, isStopped: true });
	});

	it('tries failed pages again, and says by its code whether too many failed', async () => {
		await using shop = await startShop();
		await using folder = await temporaryFolder();
		const cli = new Cli(folder);
		const strict = ['--storage', 'shop.sqlite', '--allowed-failures', '0%'];
		const first = await cli.run(['crawl', `${shop.url}/help/`, '--max-depth', '1', '--json', ...strict]);
		expect(first.code, first.output).toBe(1);
		const before = jsonOf<Summary>(first).counts.failed ?? 0;
		expect(before).toBeGreaterThan(0);
		const broken = new URL(jsonOf<Summary>(first).failures[0]?.url as string).pathname;
		const hits = shop.log.hits(broken);
		const again = await cli.run(['retry-failed', '--json', ...strict]);
		expect(again).toMatchObject({ code: 1 });
		expect(again.stderr).toContain(`${before} page`);
		expect(shop.log.hits(broken)).toBe(hits + 1);
		const lenient = await cli.run(['retry-failed', '--storage', 'shop.sqlite', '--allowed-failures', '99%', '--quiet']);
		expect(lenient).toMatchObject({ code: 0, output: '' });
	});

	it('says why nothing could be crawled', async () => {
		await using shop = await startShop();
		await using folder = await temporaryFolder();
		const { code, stdout } = await new Cli(folder).run(['crawl', `${shop.url}/admin/`]);
		expect(code).toBe(1);
		expect(stdout).toContain(`${shop.url}/admin/ was not crawled: its robots.txt forbids it`);
	});
});

describe('on a terminal', () => {
	it('a bar and two steady lines with rate, queue, failures and time left', async () => {
		await using shop = await startShop();
		await using folder = await temporaryFolder();
		await using crawl = new Cli(folder).startOnTerminal([
			'crawl',
			`${shop.url}/`,
			'--delay',
			'0.02',
			'--max-pages',
			'100',
		]);
		const { code, stdout } = await crawl.ended;
		expect(code, stdout).toBe(0);
		expect(stdout).toMatch(/█+░* \d+ pages? · [\d.]+\/s · .+ left for what is known/);
		expect(stdout).toMatch(/[\d,]+ waiting · \d+ in flight · \d+ failed/);
		// The cursor goes up to draw over the lines, and the terminal is left as it was.
		expect(stdout).toContain(`${ESCAPE}[`);
		expect(stdout.lastIndexOf(`${ESCAPE}[?7h`)).toBeGreaterThan(stdout.lastIndexOf(`${ESCAPE}[?7l`));
		expect(stdout).toContain('100 pages in ');
	});

	it.each([
		['TERM=dumb', { TERM: 'dumb' }],
		['NO_COLOR', { NO_COLOR: '1' }],
	])('%s is obeyed by doctor', async (_, env) => {
		await using folder = await temporaryFolder();
		await using doctor = new Cli(folder).startOnTerminal(['doctor'], env);
		const { code, stdout } = await doctor.ended;
		expect({ code, hasCommands: stdout.includes(ESCAPE) }).toEqual({ code: 0, hasCommands: false });
	});

	it('shows colours there, and on a pipe only with FORCE_COLOR', async () => {
		await using folder = await temporaryFolder();
		const cli = new Cli(folder);
		await using doctor = cli.startOnTerminal(['doctor']);
		expect((await doctor.ended).stdout).toContain(`${ESCAPE}[32mok`);
		expect((await cli.shell('unset NO_COLOR; orbweaver doctor')).stdout).not.toContain(ESCAPE);
		expect((await cli.shell('unset NO_COLOR; FORCE_COLOR=1 orbweaver doctor')).stdout).toContain(`${ESCAPE}[32mok`);
	});

	it('TERM=dumb gets lines instead of a bar', async () => {
		await using shop = await startShop();
		await using folder = await temporaryFolder();
		await using crawl = new Cli(folder).startOnTerminal(['crawl', `${shop.url}/`, '--max-pages', '20'], {
			TERM: 'dumb',
		});
		const { stdout } = await crawl.ended;
		expect(stdout).not.toContain(ESCAPE);
		expect(stdout).toMatch(/\d+ pages · .*waiting/);
	});

	it('Ctrl-C typed there stops it, and it says how to go on', async () => {
		await using shop = await startShop();
		await using folder = await temporaryFolder();
		const cli = new Cli(folder);
		await using crawl = cli.startShell(
			`python3 -c '
import os, pty, re, sys
pid, fd = pty.fork()
if pid == 0:
    os.execv(sys.argv[1], sys.argv[1:])
seen = b""
sent = False
while True:
    try:
        data = os.read(fd, 65536)
    except OSError:
        break
    if not data:
        break
    sys.stdout.buffer.write(data)
    seen += data
    if not sent and re.search(rb"[0-9][0-9] pages", seen):
        os.write(fd, b"\\x03")
        sent = True
sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
' '${process.execPath}' '${import.meta.dirname}/../packages/cli/src/main.ts' crawl ${shop.url}/ --delay 0.02`,
			{ TERM: 'xterm-256color' },
		);
		const { code, stdout, stderr } = await crawl.ended;
		expect(code, stdout + stderr).toBe(130);
		expect(stdout).toContain('Finishing the pages in flight');
		expect(stdout).toContain('orbweaver resume');
	});
});

describe('settings', () => {
	it('come from flags, then variables, then a file', async () => {
		await using shop = await startShop();
		await using folder = await temporaryFolder();
		const cli = new Cli(folder);
		await writeFile(
			folder.file('orbweaver.config.json'),
			JSON.stringify({ storage: 'mine.sqlite', crawl: { maxPages: 3 } }),
		);
		const pages = async (args: readonly string[], env = {}): Promise<number> => {
			const ended = await cli.run(['crawl', `${shop.url}/`, '--json', ...args], env);
			expect(ended.code, ended.output).toBe(0);
			return jsonOf<Summary>(ended).pages;
		};
		expect(await pages([])).toBe(3);
		expect(existsSync(folder.file('mine.sqlite'))).toBe(true);
		expect(await pages([], { ORBWEAVER_MAX_PAGES: '2' })).toBe(2);
		expect(await pages(['--max-pages', '1'], { ORBWEAVER_MAX_PAGES: '2' })).toBe(1);
		await writeFile(folder.file('other.ts'), 'export default { crawl: { maxPages: 4 as number } };\n');
		expect(await pages(['--config', 'other.ts', '--storage', 'b.sqlite'])).toBe(4);
	});

	it('that are misspelt or secret are refused', async () => {
		await using folder = await temporaryFolder();
		const cli = new Cli(folder);
		await writeFile(folder.file('package.json'), JSON.stringify({ orbweaver: { crawl: { maxPage: 3 } } }));
		expect(await cli.run(['status'])).toMatchObject({
			code: 2,
			stderr: 'There is no setting "crawl.maxPage" (in package.json): did you mean "maxPages"?\n',
		});
		await writeFile(folder.file('package.json'), JSON.stringify({ orbweaver: { bearer: 'hidden-secret' } }));
		const refused = await cli.run(['fetch', 'http://127.0.0.1:1/']);
		expect(refused).toMatchObject({ code: 2 });
		expect(refused.stderr).toContain('ORBWEAVER_BEARER');
		expect(refused.output).not.toContain('hidden-secret');
	});
});
