import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { EXIT_OK } from '../exit-code.ts';
import type { Action } from '../spec/command-spec.ts';
import { UsageError } from '../usage-error.ts';
import { type NewProject, projectFiles } from './project-files.ts';

/** `orbweaver init` */
export const init: Action = async ({ args, options }) => {
	const given = args[0] ?? '.';
	const { folder, project, next } = options.flag('app') ? app(given) : standAlone(given);
	const files = projectFiles(project);
	const there = [...files.keys()].find((file) => existsSync(join(folder, file)));
	if (there !== undefined) {
		throw new UsageError(
			`${join(given, there)} is there already, and nothing was changed; give another folder: orbweaver init my-crawl`,
		);
	}
	for (const [file, text] of files) {
		const path = join(folder, file);
		await mkdir(dirname(path), { recursive: true });
		await writeFile(path, text, { flag: 'wx' });
	}
	if (!options.flag('quiet')) {
		const made = [...files.keys()].map((file) => `  ${relative('.', join(folder, file))}`);
		process.stdout.write(
			`${[`Made ${project.name}:`, ...made, '', 'Next:', ...next.map((line) => `  ${line}`)].join('\n')}\n`,
		);
	}
	return EXIT_OK;
};

interface Plan {
	readonly folder: string;
	readonly project: NewProject;
	/** What to do now. */
	readonly next: readonly string[];
}

function standAlone(given: string): Plan {
	const folder = resolve(given);
	const manifest = readFileSync(new URL('../../package.json', import.meta.url), 'utf8');
	const { version } = JSON.parse(manifest) as { version: string };
	const project = { name: packageName(basename(folder)), orbweaver: `^${version}`, start: 'npm start' };
	const enter = given === '.' ? [] : [`cd ${given}`];
	return { folder, project, next: [...enter, 'npm install', 'npm start -- https://example.com/'] };
}

/** Below `apps/` of the workspace that the current folder is in. */
function app(given: string): Plan {
	const root = workspaceRoot(process.cwd());
	if (root === undefined) {
		throw new UsageError(
			'--app makes a package of a workspace, and there is no pnpm-workspace.yaml here or above; go into one, or leave --app out.',
		);
	}
	const name = packageName(basename(resolve(given)));
	const start = `npm run ${name}`;
	const project = { name, orbweaver: 'workspace:*', start, extendsConfig: '../../tsconfig.base.json' };
	return {
		folder: join(root, 'apps', name),
		project,
		next: [
			`add to the scripts of ${relative('.', join(root, 'package.json')) || 'package.json'}:`,
			`  "${name}": "node scripts/with-setup.mjs node apps/${name}/src/main.ts"`,
			`${start} -- https://example.com/`,
		],
	};
}

function workspaceRoot(folder: string): string | undefined {
	if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return folder;
	return dirname(folder) === folder ? undefined : workspaceRoot(dirname(folder));
}

/** The name of the folder, as names of packages are written. */
function packageName(folder: string): string {
	return (
		folder
			.toLowerCase()
			.replaceAll(/[^a-z\d._-]+/g, '-')
			.replace(/^[._-]+|-+$/g, '') || 'my-crawl'
	);
}
