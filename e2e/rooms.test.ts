import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const packages = join(import.meta.dirname, '../packages');

/** What each package may import: other packages of ours, and the libraries that it alone wraps. */
const ROOMS: Record<string, { ours: string[]; libraries: string[] }> = {
	parser: { ours: [], libraries: ['cheerio', 'entities', 'htmlparser2', 'iconv-lite', 'minimatch', 'tldts'] },
	http: {
		ours: [],
		libraries: ['content-disposition', 'http-cache-semantics', 'lru-cache', 'socks', 'tough-cookie', 'undici', 'ws'],
	},
	core: {
		ours: ['parser', 'http'],
		libraries: [
			'@crawlee/basic',
			'@crawlee/core',
			'@crawlee/types',
			'@standard-schema/spec',
			'bottleneck',
			'csv-stringify',
			'hyparquet-writer',
			'robots-parser',
			'node:sqlite',
		],
	},
	monitor: { ours: ['http'], libraries: ['@opentelemetry/api', 're2js', 'uplot', 'ws'] },
	cli: { ours: ['core', 'http', 'monitor', 'parser'], libraries: ['cli-progress', 'commander', 'node:sqlite'] },
	testkit: { ours: [], libraries: ['jose', 'ws'] },
	bench: { ours: ['parser', 'http', 'core', 'testkit'], libraries: ['cheerio', 'htmlparser2', 'undici', 'ws'] },
};

interface Import {
	readonly file: string;
	readonly specifier: string;
}

function sourceFiles(folder: string): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' })
		.filter((file) => file.endsWith('.ts'))
		.map((file) => join(folder, file));
}

function importsOf(name: string): Import[] {
	const specifiers =
		/(?:\bfrom\s*|\bimport\s*\(\s*|^\s*import\s+|\brequire(?:Here)?\s*\(\s*|\bimport\.meta\.resolve\s*\(\s*)['"]([\w@./:-]+)['"]/gm;
	return sourceFiles(join(packages, name, 'src')).flatMap((file) =>
		[...readFileSync(file, 'utf8').matchAll(specifiers)].map((match) => ({ file, specifier: match[1] as string })),
	);
}

function isLibrary(specifier: string): boolean {
	return !specifier.startsWith('.') && !specifier.startsWith('@orbweaver/') && !specifier.startsWith('node:');
}

/** `@scope/name/deep` and `name/deep` without the deep part. */
function packageName(specifier: string): string {
	return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

describe('the rooms', () => {
	it('are all listed', () => {
		expect(Object.keys(ROOMS).sort()).toEqual(readdirSync(packages).sort());
	});

	describe.each(Object.entries(ROOMS))('%s', (name, room) => {
		const imports = importsOf(name);

		it('imports only the packages it may', () => {
			const allowed = room.ours.map((other) => `@orbweaver/${other}`);
			const forbidden = imports.filter(
				({ specifier }) => specifier.startsWith('@orbweaver/') && !allowed.includes(packageName(specifier)),
			);
			expect(forbidden).toEqual([]);
		});

		it('imports only the libraries that are its own', () => {
			const forbidden = imports.filter(
				({ specifier }) =>
					(isLibrary(specifier) && !room.libraries.includes(packageName(specifier))) ||
					(specifier === 'node:sqlite' && !room.libraries.includes(specifier)),
			);
			expect(forbidden).toEqual([]);
		});

		it('imports each library in one file or folder', () => {
			if (name === 'bench') return; // measures libraries side by side
			for (const library of new Set(imports.map(({ specifier }) => packageName(specifier)).filter(isLibrary))) {
				const files = new Set(
					imports.filter(({ specifier }) => packageName(specifier) === library).map(({ file }) => file),
				);
				const folders = new Set([...files].map((file) => join(file, '..')));
				expect({ library, files: files.size === 1 || folders.size === 1 ? 'together' : [...files] }).toEqual({
					library,
					files: 'together',
				});
			}
		});

		it('reaches into no other package by path', () => {
			const inside = join(packages, name);
			const outside = imports.filter(
				({ file, specifier }) => specifier.startsWith('.') && !join(file, '..', specifier).startsWith(inside),
			);
			expect(outside).toEqual([]);
		});
	});
});
