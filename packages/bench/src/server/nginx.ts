import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from './free-port.ts';
import { nginxConfig, requestsInStatus, statusPath } from './nginx-config.ts';
import type { SiteServer } from './site-server.ts';

// Debian keeps it out of an ordinary user's PATH.
const places = ['nginx', '/usr/sbin/nginx'];

/**
 * Serves `directory` with nginx, unprivileged, on a free loopback port.
 *
 * Undefined if there is no nginx, or one without the status page that the requests are counted by.
 *
 * @throws {Error} with nginx's own words if it is there but does not start.
 */
export async function startNginx(directory: string): Promise<SiteServer | undefined> {
	const program = places.find((place) => features(place).includes('http_stub_status_module'));
	if (program === undefined) return undefined;
	const folder = await mkdtemp(join(tmpdir(), 'orbweaver-nginx-'));
	const port = await freePort();
	const user = process.getuid?.() === 0 ? userInfo().username : undefined;
	await writeFile(join(folder, 'nginx.conf'), nginxConfig({ root: directory, port, user }));
	const nginx = spawn(program, ['-p', folder, '-c', 'nginx.conf', '-e', 'error.log'], { stdio: 'ignore' });
	const url = `http://127.0.0.1:${port}`;
	const stop = async (): Promise<void> => {
		if (nginx.exitCode === null && nginx.kill()) await once(nginx, 'exit');
		await rm(folder, { recursive: true, force: true });
	};
	let asked = 0;
	const requests = async (): Promise<number> => {
		const page = await (await fetch(url + statusPath)).text();
		asked += 1;
		const all = requestsInStatus(page);
		if (all === undefined) throw new Error(`nginx answered something else than its status page: ${page.slice(0, 200)}`);
		return all - asked;
	};
	try {
		await untilItAnswers(nginx, requests);
	} catch (error) {
		const log = await readFile(join(folder, 'error.log'), 'utf8').catch(() => '');
		await stop();
		throw new Error(`nginx did not start: ${log.trim() || 'it left no error log'}`, { cause: error });
	}
	return { name: version(program), url, servesRanges: true, requests, [Symbol.asyncDispose]: stop };
}

async function untilItAnswers(nginx: ChildProcess, ask: () => Promise<unknown>): Promise<void> {
	for (let attempt = 1; ; attempt += 1) {
		try {
			await ask();
			return;
		} catch (error) {
			if (nginx.exitCode !== null || attempt === 100) throw error;
			await sleep(50);
		}
	}
}

function features(program: string): string {
	return spawnSync(program, ['-V'], { encoding: 'utf8' }).stderr ?? '';
}

function version(program: string): string {
	return /nginx\/[\d.]+/.exec(features(program))?.[0] ?? 'nginx';
}
