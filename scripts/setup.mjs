// Installs what is missing, so that `npm run …` works on a bare machine.
//
// Runs on whatever Node the machine has (18 or newer): the pinned Node of the lockfile is only there afterwards.
// pnpm itself is taken through npx, so nothing has to be installed globally.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stampFile = join(root, 'node_modules', '.orbweaver-setup');

/** Every file whose change can make the installed packages stale. */
function manifests() {
	const inWorkspaces = ['packages', 'apps'].flatMap((folder) =>
		readdirSync(join(root, folder)).map((name) => join(root, folder, name, 'package.json')),
	);
	const atTop = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'e2e/package.json'];
	return [...atTop.map((name) => join(root, name)), ...inWorkspaces].filter((file) => existsSync(file)).sort();
}

function fingerprint() {
	const hash = createHash('sha256');
	for (const file of manifests())
		hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
	return hash.digest('hex');
}

const wanted = fingerprint();
const installed = existsSync(stampFile) ? readFileSync(stampFile, 'utf8') : '';
if (installed !== wanted) {
	const pnpm = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager;
	console.error(
		`Installing packages with ${pnpm} (once, and again when a package.json changes; about half a minute) …`,
	);
	// A new app or dependency is a change that the lockfile has yet to learn of; only CI must find it as committed.
	const lockfile = process.env.CI ? '--frozen-lockfile' : '--no-frozen-lockfile';
	const arguments_ = ['-y', pnpm, 'install', lockfile, '--reporter=append-only'];
	const result = spawnSync('npx', arguments_, {
		cwd: root,
		stdio: ['ignore', 'pipe', 'pipe'],
		encoding: 'utf8',
		maxBuffer: 64 * 1024 * 1024,
		shell: process.platform === 'win32',
		env: { ...process.env, CI: 'true' },
	});
	if (result.status !== 0) {
		process.stderr.write(`${result.stdout ?? ''}${result.stderr ?? ''}${result.error ?? ''}\n`);
		console.error('Installing failed; the lines above say why. Mend it and run the same command again.');
		process.exit(1);
	}
	writeFileSync(stampFile, fingerprint());
}
