import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** A package that is measured against but that nothing here is built on, so it stays out of the workspace's lockfile. */
export interface Peer {
	readonly name: string;
	/** Exact: a benchmark against "the latest" cannot be repeated. */
	readonly version: string;
}

const peersFolder = fileURLToPath(new URL('../../node_modules/.cache/peers/', import.meta.url));

/** The folder a peer is, or will be, installed in. */
export function peerFolder({ name, version }: Peer): string {
	return join(peersFolder, `${name.replaceAll('/', '+')}@${version}`);
}

/**
 * Installs a peer with npm unless it is there already.
 *
 * @throws {Error} with npm's words if it cannot be installed.
 */
export async function installPeer(peer: Peer): Promise<void> {
	const folder = peerFolder(peer);
	if (existsSync(folder)) return;
	// Installed beside its place and moved there whole, so that an interrupted install is never taken for a finished one.
	const unfinished = `${folder}.${process.pid}`;
	await mkdir(unfinished, { recursive: true });
	try {
		const arguments_ = ['install', '--no-audit', '--no-fund', '--prefix', unfinished, `${peer.name}@${peer.version}`];
		await promisify(execFile)('npm', arguments_, { cwd: unfinished, shell: process.platform === 'win32' });
		await rename(unfinished, folder);
	} catch (error) {
		const { stderr = '', message } = error as Error & { stderr?: string };
		throw new Error(`${peer.name}@${peer.version} could not be installed: ${lastLine(stderr) ?? message}`, {
			cause: error,
		});
	} finally {
		await rm(unfinished, { recursive: true, force: true });
	}
}

/** Loads an installed peer. The caller states the part of its interface that it uses. */
export function loadPeer<Module>(peer: Peer): Module {
	return createRequire(join(peerFolder(peer), 'package.json'))(peer.name) as Module;
}

function lastLine(text: string): string | undefined {
	return text.split('\n').findLast((line) => line.startsWith('npm error') && !line.includes('complete log'));
}
