import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, expect, test, vi } from 'vitest';
import { installPeer, loadPeer, peerFolder } from '../../src/peers/peer.ts';

const peer = { name: '@bench/no-such-peer', version: '1.2.3' };

afterEach(async () => {
	vi.unstubAllEnvs();
	await rm(peerFolder(peer), { recursive: true, force: true });
});

test('each version has a folder of its own, below the ignored node_modules', () => {
	expect(peerFolder(peer)).toMatch(/[\\/]node_modules[\\/].*@bench\+no-such-peer@1\.2\.3$/);
});

test('an install that fails says which package and why, and leaves nothing that looks installed', async () => {
	vi.stubEnv('PATH', dirname(peerFolder(peer)));
	await expect(installPeer(peer)).rejects.toThrow(/^@bench\/no-such-peer@1\.2\.3 could not be installed: .*npm/);
	expect(existsSync(peerFolder(peer))).toBe(false);
});

test('an installed peer is used again and loaded from its own folder', async () => {
	const folder = join(peerFolder(peer), 'node_modules', peer.name);
	await mkdir(folder, { recursive: true });
	await writeFile(join(folder, 'index.js'), 'exports.answer = 42;');
	vi.stubEnv('PATH', folder);
	await installPeer(peer);
	expect(loadPeer<{ answer: number }>(peer).answer).toBe(42);
});
