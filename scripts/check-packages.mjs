// Builds and packs every published package, and checks what a user would get: the tarball's files, its entry points
// and types (publint, are-the-types-wrong), and that all of them install and import together outside the workspace.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = mkdtempSync(join(tmpdir(), 'orbweaver-packages-'));

function run(command, arguments_, cwd = root) {
	try {
		return execFileSync(command, arguments_, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
	} catch (error) {
		console.error(`${command} ${arguments_.join(' ')} failed:\n${error.stdout}${error.stderr}`);
		process.exit(1);
	}
}

function publishedPackages() {
	return readdirSync(join(root, 'packages'))
		.map((name) => ({ folder: join(root, 'packages', name), ...manifest(join(root, 'packages', name)) }))
		.filter(({ private: isPrivate }) => isPrivate !== true);
}

function manifest(packageFolder) {
	return JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
}

const packages = publishedPackages();
run('turbo', ['run', 'build', '--output-logs=errors-only']);
for (const { name, folder: packageFolder } of packages) {
	run('pnpm', ['pack', '--pack-destination', folder], packageFolder);
	const tarball = join(folder, `${name.replace('@', '').replace('/', '-')}-${manifest(packageFolder).version}.tgz`);
	run('publint', ['--strict', tarball]);
	// A package that is only a command has no types.
	if (Object.keys(manifest(packageFolder).exports).length > 1)
		run('attw', ['--profile', 'esm-only', '--no-emoji', tarball]);
}

// Installed side by side, as from a registry: each finds the others under their published names.
const tarballs = readdirSync(folder).filter((file) => file.endsWith('.tgz'));
const dependencies = Object.fromEntries(
	packages.map(({ name, version }) => [name, `file:./${name.replace('@', '').replace('/', '-')}-${version}.tgz`]),
);
const consumer = { name: 'consumer', private: true, type: 'module', dependencies, overrides: dependencies };
writeFileSync(join(folder, 'package.json'), JSON.stringify(consumer));
run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--loglevel=error'], folder);
for (const { name, bin, exports } of packages) {
	for (const command of Object.keys(bin ?? {})) {
		run(join(folder, 'node_modules', '.bin', command), ['--help'], folder);
		console.log(`${name}: packed, installed, ${command} --help shows its help`);
	}
	// A command is run, not imported.
	for (const entry of Object.keys(exports).filter((path) => path !== './package.json')) {
		const path = `${name}${entry.slice(1)}`;
		const count = run('node', ['-e', `import('${path}').then((all) => console.log(Object.keys(all).length))`], folder);
		console.log(`${path}: packed, typed, installed, imported (${count.trim()} names)`);
	}
}
rmSync(folder, { recursive: true, force: true });
if (tarballs.length !== packages.length) throw new Error(`packed ${tarballs.length} of ${packages.length} packages`);
