import { readFileSync } from 'node:fs';
import { startFileServer, startServer, startShop } from '@orbweaver/testkit';
import { describe, expect, it } from 'vitest';
import { COMMANDS } from '../packages/cli/src/commands/all.ts';
import { Cli } from './fixtures/cli.ts';
import { root } from './fixtures/process.ts';
import { temporaryFolder } from './fixtures/temporary-folder.ts';

describe('the help', () => {
	it('of all reads well, and loads neither Crawlee nor the crawler', async () => {
		await using folder = await temporaryFolder();
		const { code, stdout, stderr } = await new Cli(folder).run(['--help'], { NODE_DEBUG: 'esm' });
		expect(code).toBe(0);
		// A long line goes on in the next one.
		const text = stdout.replaceAll(/\s+/g, ' ');
		for (const { name, summary } of COMMANDS) {
			expect(stdout).toContain(`\n  ${name} `);
			expect(text).toContain(` ${summary} `);
		}
		expect(stdout).toContain('130 stopped by Ctrl-C');
		expect(stderr).toContain('commander');
		expect(stderr).not.toMatch(/crawlee|packages\/(core|http|parser|monitor)\//);
	});

	it.each(COMMANDS.map((command) => [command.name, command] as const))(
		'of %s has its options and examples',
		async (name, command) => {
			await using folder = await temporaryFolder();
			const cli = new Cli(folder);
			const asked = await cli.run([name, '--help']);
			expect(asked).toMatchObject({ code: 0, stderr: '' });
			for (const option of command.options) expect(asked.stdout).toContain(`--${option.name}`);
			for (const example of command.examples) expect(asked.stdout).toContain(`  orbweaver ${example}`);
			expect(command.examples.length).toBeGreaterThan(0);
			expect((await cli.run(['help', name])).stdout).toBe(asked.stdout);
		},
	);

	it('without a command goes to standard error, with code 2', async () => {
		await using folder = await temporaryFolder();
		const { code, stdout, stderr } = await new Cli(folder).run([]);
		expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
		expect(stderr).toMatch(/^Usage: orbweaver <command>/);
	});
});

/** What makes an example one that can be run here: the site of the examples is the sample shop. */
async function runnable(
	example: string,
	urls: { readonly shop: string; readonly files: string; readonly api: string },
): Promise<string> {
	return example
		.replaceAll(/https:\/\/example\.com\/(api\/)/g, `${urls.api}/$1`)
		.replaceAll(/https:\/\/example\.com\/([\w-]+\.(?:iso|zip))/g, `${urls.files}/$1`)
		.replaceAll('https://example.com', urls.shop)
		.replaceAll('storage/example.com.sqlite', `storage/${new URL(urls.shop).host.replace(':', '-')}.sqlite`)
		.replaceAll('--delay 1', '--delay 0.01')
		.replaceAll('--delay 2', '--delay 0.01');
}

/** What runs until it is stopped is stopped as soon as it is up. */
function untilStopped(line: string): string {
	if (!line.startsWith('orbweaver monitor')) return line;
	const isUp = "grep -q 'is open' said.txt";
	const started = line.replace(/^orbweaver/, 'rm -f said.txt; "$NODE" "$MAIN"');
	return `${started} 2> said.txt & pid=$!; for i in {1..300}; do ${isUp} && break; sleep 0.1; done; kill -TERM $pid; wait $pid`;
}

describe('every example', () => {
	it('runs', { timeout: 300_000 }, async () => {
		await using shop = await startShop();
		await using files = await startFileServer({
			files: { 'disk.iso': { content: 'i' }, 'a.zip': { content: 'a' }, 'b.zip': { content: 'b' } },
		});
		await using api = await startServer({ '/api/items': { status: 201 }, '/api/items/1': {}, '/api/items/2': {} });
		await using folder = await temporaryFolder();
		const cli = new Cli(folder);
		const urls = { shop: shop.url, files: files.url, api: api.url };
		const setUp = `mkdir src; printf 'console.log(1)' > src/main.ts; printf '<a href=a>A</a>' > page.html; printf '${shop.url}/about\\n' > urls.txt; printf 'packages: []' > pnpm-workspace.yaml`;
		expect((await cli.shell(setUp)).code).toBe(0);
		for (const { name, examples } of COMMANDS) {
			for (const example of examples) {
				const line = `orbweaver ${await runnable(example, urls)}`;
				// One that runs until it is stopped is stopped.
				const stopped = untilStopped(line);
				const { code, output } = await cli.shell(stopped);
				// /admin/ is what the shop's robots.txt forbids.
				expect({ line, code, output }).toMatchObject({ line, code: name === 'robots' ? 1 : 0 });
			}
		}
	});
});

describe('every command of docs/cli.md', () => {
	const text = readFileSync(`${root}/docs/cli.md`, 'utf8');
	const lines = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
		block
			.replaceAll(/\\\n\s*/g, '')
			.split('\n')
			.map((line) => line.replace(/\s+# .*/, ''))
			.filter((line) => /\borbweaver\b/.test(line)),
	);

	it('are some', () => {
		expect(lines.length).toBeGreaterThan(15);
	});

	it('runs', { timeout: 300_000 }, async () => {
		await using shop = await startShop();
		await using files = await startFileServer({ files: { 'disk.iso': { content: 'i' } } });
		await using api = await startServer({ '/api/items': { status: 201 }, '/api/items/1': {}, '/api/items/2': {} });
		await using folder = await temporaryFolder();
		const cli = new Cli(folder);
		const urls = { shop: shop.url, files: files.url, api: api.url };
		const setUp = `mkdir src; printf 'console.log(1)' > src/main.ts; printf '<a href=a>A</a>' > page.html; printf '${shop.url}/about\\n' > urls.txt; printf 'packages: []' > pnpm-workspace.yaml`;
		expect((await cli.shell(setUp)).code).toBe(0);
		for (const given of lines) {
			const line = (await runnable(given, urls)).replace(/^npm run (?:--silent )?orbweaver -- /, 'orbweaver ');
			const stopped = untilStopped(line);
			const { code, output } = await cli.shell(stopped, { ORBWEAVER_TOKEN: 'a-token-for-a-test-1' });
			expect({ line, code, output }).toMatchObject({ line, code: line.includes('orbweaver robots') ? 1 : 0 });
		}
	});
});

describe('wrong use', () => {
	const HOST = 'http://127.0.0.1:1/';

	it.each([
		[
			'a misspelt command',
			['crwal', HOST],
			'There is no command "crwal": did you mean "crawl"? orbweaver --help lists them all.',
		],
		['a command that is like none', ['xyzzy'], 'There is no command "xyzzy". orbweaver --help lists them all.'],
		[
			'a misspelt option',
			['crawl', HOST, '--max-page', '3'],
			'There is no option --max-page: did you mean --max-pages? orbweaver crawl --help lists them all.',
		],
		[
			'an option that is like none',
			['status', '--xyzzy'],
			'There is no option --xyzzy. orbweaver status --help lists them all.',
		],
		[
			'no address',
			['crawl'],
			'Which url? For example: orbweaver crawl https://example.com/ --max-pages 100 (orbweaver crawl --help tells more).',
		],
		[
			'no URL',
			['crawl', 'example.com'],
			'"example.com" is not a URL that can be fetched; give an absolute one, such as https://example.com.',
		],
		[
			'a password of an address that cannot be used',
			['fetch', 'ftp://ada:hidden@127.0.0.1/'],
			'"…@127.0.0.1/" is not a URL that can be fetched; give an absolute one, such as https://example.com/.',
		],
		['no value', ['crawl', HOST, '--max-pages'], '--max-pages needs a value, such as --max-pages 100.'],
		[
			'no number',
			['crawl', HOST, '--max-pages', 'many'],
			'--max-pages must be a whole number of at least 1, such as 100; it was given "many".',
		],
		[
			'a negative number',
			['crawl', HOST, '--delay', '-1'],
			'--delay must be a number of at least 0, such as 1.5; it was given "-1".',
		],
		[
			'a choice that there is not',
			['crawl', HOST, '--same', 'hots'],
			'--same must be origin, hostname, domain or all, such as domain; it was given "hots".',
		],
		[
			'no share',
			['crawl', HOST, '--allowed-failures', '5'],
			'--allowed-failures must be a share from 0% to 100%, such as 10%; it was given "5".',
		],
		[
			'no selection',
			['crawl', HOST, '--select', 'h1'],
			`--select must be a name and a CSS selector, such as price='.product .price', got "h1".`,
		],
		['no header', ['crawl', HOST, '--header', 'hidden'], "--header must be one header, such as 'Accept-Language: de'."],
		[
			'no rate',
			['fetch', HOST, '--rate', 'fast'],
			'--rate must be a number of requests in a time, such as 50/s, 600/min or 1000/h, got "fast".',
		],
		[
			'too much',
			['history', HOST, 'two'],
			'orbweaver history was given too much; orbweaver history --help shows what it takes.',
		],
		[
			'no crawl',
			['status'],
			'There is no crawl in the folder "storage" yet; begin one with "orbweaver crawl https://example.com/", or name its file with --storage.',
		],
		[
			'no storage',
			['status', '--storage', 'a.sqlite'],
			'storage "a.sqlite" does not exist; give the file of a crawl that has been started.',
		],
		[
			'a settings file that is not there',
			['status', '--config', 'a.json'],
			'--config names "a.json", which is not there; give the path of a file.',
		],
		[
			'another shell',
			['completion', 'bsh'],
			'There is no completion for "bsh": did you mean bash? There are bash, zsh and fish.',
		],
	])('%s is told in one sentence, with code 2', async (_, args, sentence) => {
		await using folder = await temporaryFolder();
		expect(await new Cli(folder).run(args)).toMatchObject({ code: 2, stdout: '', stderr: `${sentence}\n` });
	});

	it('shows where with --verbose', async () => {
		await using folder = await temporaryFolder();
		const { stderr } = await new Cli(folder).run(['status', '--storage', 'a.sqlite', '--verbose']);
		expect(stderr).toMatch(/does not exist[\s\S]+\n {4}at .+crawl-reader\.ts/);
	});
});

describe('orbweaver completion', () => {
	it('completes commands, options and choices in bash', async () => {
		await using folder = await temporaryFolder();
		const complete = (words: string, index: number): string =>
			`COMP_WORDS=(${words}); COMP_CWORD=${index}; _orbweaver; echo "\${COMPREPLY[*]}"`;
		const { code, stdout } = await new Cli(folder).shell(
			`eval "$(orbweaver completion bash)"; ${complete('orbweaver re', 1)}; ${complete('orbweaver crawl --max', 2)}; ${complete('orbweaver crawl --same ho', 3)}`,
		);
		expect({ code, stdout }).toEqual({ code: 0, stdout: 'resume retry-failed\n--max-pages --max-depth\nhostname\n' });
	});

	it('knows all commands in zsh and fish', async () => {
		await using folder = await temporaryFolder();
		for (const shell of ['zsh', 'fish']) {
			const { stdout } = await new Cli(folder).run(['completion', shell]);
			for (const { name, options } of COMMANDS) {
				expect(stdout).toContain(name);
				for (const option of options) expect(stdout).toContain(option.name);
			}
		}
	});
});
