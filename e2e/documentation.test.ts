import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const pages = [
	'README.md',
	'CONTRIBUTING.md',
	...['architecture', 'cli', 'crawler', 'from-crawlee', 'http', 'monitor', 'performance', 'politeness', 'storage'].map(
		(name) => `docs/${name}.md`,
	),
	...['bench', 'core', 'http', 'monitor', 'parser', 'testkit'].map((name) => `packages/${name}/README.md`),
	'apps/api-batch/README.md',
	'apps/log-monitor/README.md',
];

function blocks(page: string, language: string): string[] {
	const text = readFileSync(join(root, page), 'utf8');
	return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm'))].map(
		(match) => match[1] as string,
	);
}

describe('what the documentation says', () => {
	it.each(pages)('%s links to files that are there', (page) => {
		const text = readFileSync(join(root, page), 'utf8');
		const targets = [...text.matchAll(/\]\((?!https?:)([^)#]+)/g)].map((match) => match[1] as string);
		const missing = targets.filter((target) => !existsSync(resolve(root, dirname(page), target)));
		expect(missing).toEqual([]);
	});

	it.each(pages)('%s names npm scripts that exist', (page) => {
		const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
		const text = readFileSync(join(root, page), 'utf8');
		const named = [...text.matchAll(/npm run (?:--silent )?([\w:-]+)/g)].map((match) => match[1] as string);
		expect(named.filter((name) => !(name in scripts))).toEqual([]);
	});
});

describe('the examples of the guide', () => {
	// Beside this file, so that they find the packages and the compiler's settings.
	let folder: string;
	beforeAll(() => {
		folder = mkdtempSync(join(import.meta.dirname, '.examples-'));
		symlinkSync(join(root, 'packages/core/node_modules'), join(folder, 'node_modules'));
	});
	afterAll(() => rmSync(folder, { recursive: true, force: true }));

	it('compile', () => {
		const guide = ['README.md', 'packages/core/README.md', ...pages.filter((page) => page.startsWith('docs/'))];
		const examples = guide.flatMap((page) => blocks(page, 'ts').map((code) => ({ page, code })));
		expect(examples.length).toBeGreaterThan(5);
		examples.forEach(({ page, code }, index) => {
			writeFileSync(join(folder, `${index}-${page.replaceAll('/', '-')}.ts`), `${code}\nexport {};\n`);
		});
		writeFileSync(
			join(folder, 'tsconfig.json'),
			JSON.stringify({
				extends: '../../tsconfig.base.json',
				compilerOptions: { isolatedDeclarations: false, declaration: false },
				include: ['*.ts'],
			}),
		);
		let report = '';
		try {
			execFileSync(join(root, 'node_modules/.bin/tsc'), ['-p', folder], { encoding: 'utf8' });
		} catch (error) {
			report = (error as { stdout: string }).stdout;
		}
		expect(report).toBe('');
	});
});
