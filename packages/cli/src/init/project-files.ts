/** What a new project is. */
export interface NewProject {
	/** Of its package, and of its storage. */
	readonly name: string;
	/** How it asks for Orbweaver: `workspace:*`, or a range of versions. */
	readonly orbweaver: string;
	/** How it is run: `npm start`. */
	readonly start: string;
	/** How the compiler is set up: what it extends, in a workspace. */
	readonly extendsConfig?: string;
}

/** The files of a new project, by their paths. */
export function projectFiles(project: NewProject): ReadonlyMap<string, string> {
	const files = new Map([
		['package.json', manifest(project)],
		['tsconfig.json', compilerSettings(project)],
		['src/main.ts', script(project)],
		['README.md', readme(project)],
	]);
	// A workspace has its own.
	if (project.extendsConfig === undefined) files.set('.gitignore', 'node_modules/\nstorage/\n');
	return files;
}

function manifest({ name, orbweaver, extendsConfig }: NewProject): string {
	const isInWorkspace = extendsConfig !== undefined;
	const value = {
		name,
		private: true,
		description: 'A crawl.',
		type: 'module',
		...(!isInWorkspace && { engines: { node: '>=22.19' } }),
		scripts: {
			start: 'node src/main.ts',
			typecheck: 'tsc',
			...(!isInWorkspace && {
				status: `orbweaver status --storage storage/${name}.sqlite`,
				export: `orbweaver export ${name}.csv --storage storage/${name}.sqlite`,
			}),
		},
		dependencies: { ...(!isInWorkspace && { '@orbweaver/cli': orbweaver }), '@orbweaver/core': orbweaver },
		...(!isInWorkspace && { devDependencies: { '@types/node': '^24.0.0', typescript: '>=5.9.0' } }),
	};
	return `${JSON.stringify(value, undefined, '\t')}\n`;
}

function compilerSettings({ extendsConfig }: NewProject): string {
	const value =
		extendsConfig === undefined
			? {
					compilerOptions: {
						target: 'es2024',
						lib: ['es2024', 'esnext.disposable'],
						module: 'nodenext',
						types: ['node'],
						strict: true,
						noEmit: true,
						erasableSyntaxOnly: true,
						verbatimModuleSyntax: true,
						allowImportingTsExtensions: true,
						skipLibCheck: true,
					},
					include: ['src'],
				}
			: { extends: extendsConfig, include: ['src'] };
	return `${JSON.stringify(value, undefined, '\t')}\n`;
}

function script({ name, start }: NewProject): string {
	return `// ${start} -- <url…>: crawls the sites of the given addresses, one row for each page.
import { Crawler, showProgress } from '@orbweaver/core';

const urls = process.argv.slice(2);
if (urls.length === 0) {
	console.error('Which site? Give an address: ${start} -- https://example.com/');
	process.exit(2);
}

const crawler = new Crawler({
	name: '${name}', // the results are in storage/${name}.sqlite
	userAgent: '${name}/1.0 (put a contact here)',
	domainLimits: { maxConcurrent: 4, minTime: 250 },
	async requestHandler({ request, $, enqueueLinks, pushData }) {
		await pushData({ url: request.loadedUrl, title: $('title').text() });
		await enqueueLinks();
	},
});

const hideProgress = showProgress(crawler);
const { requestsFinished } = await crawler.run(urls);
hideProgress();
console.log(\`\${requestsFinished} pages are in \${crawler.storagePath}.\`);
`;
}

function readme({ name, start }: NewProject): string {
	return `# ${name}

A crawl, made with Orbweaver.

\`\`\`sh
${start} -- https://example.com/
\`\`\`

Run it again to go on where it stopped: after Ctrl-C, a kill or a power cut. The results are in \`storage/${name}.sqlite\`;
\`orbweaver status\` shows how far it is, \`orbweaver export ${name}.csv\` writes the rows to a file.

What is done with a page is in \`src/main.ts\`.
`;
}
