import { mkdir, mkdtempDisposable, symlink, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { TestServer } from '../../src/index.ts';
import { startStaticSite } from '../../src/index.ts';

let dir: Awaited<ReturnType<typeof mkdtempDisposable>>;
let site: TestServer;

beforeAll(async () => {
	dir = await mkdtempDisposable(join(tmpdir(), 'static-'));
	const root = join(dir.path, 'root');
	await mkdir(join(root, 'sub dir/deeper'), { recursive: true });
	await writeFile(join(dir.path, 'secret.txt'), 'secret');
	await writeFile(join(root, 'index.html'), '<h1>Start</h1>');
	await writeFile(join(root, 'sub dir/index.html'), '<h1>Sub</h1>');
	await writeFile(join(root, 'style.css'), 'a{}');
	await writeFile(join(root, 'data.unknown'), Buffer.alloc(300_000, 7));
	await symlink('../secret.txt', join(root, 'outside.txt'));
	await symlink('style.css', join(root, 'inside.css'));
	site = await startStaticSite(root);
});

afterAll(async () => {
	await site.close();
	await dir.remove();
});

test.each([
	['/', 200, 'text/html'],
	['/sub%20dir/', 200, 'text/html'],
	['/sub%20dir/index.html?x=1', 200, 'text/html'],
	['/style.css', 200, 'text/css; charset=utf-8'],
	['/inside.css', 200, 'text/css; charset=utf-8'],
	['/data.unknown', 200, 'application/octet-stream'],
])('%s is %i as %s', async (path, status, type) => {
	const response = await fetch(site.url + path);
	expect(response.status).toBe(status);
	expect(response.headers.get('content-type')).toBe(type);
	expect((await response.bytes()).byteLength).toBe(Number(response.headers.get('content-length')));
});

test.each(['/none.html', '/style.css/', '/sub%20dir/deeper/', '/%ff', '/a%00b', '/outside.txt', `/${'x'.repeat(300)}`])(
	'%s is 404',
	async (path) => {
		expect((await fetch(site.url + path)).status).toBe(404);
	},
);

test.each([
	'/../secret.txt',
	'/..%2fsecret.txt',
	'/%2e%2e/secret.txt',
	'/sub%20dir/..%2f..%2fsecret.txt',
	'/..\\secret.txt',
])('%s does not escape', async (path) => {
	expect(await rawStatus(path)).toBe(404);
});

test('a folder without its slash is sent on', async () => {
	const response = await fetch(`${site.url}/sub%20dir?q=1`, { redirect: 'manual' });
	expect(response.status).toBe(301);
	expect(response.headers.get('location')).toBe('/sub%20dir/?q=1');
});

test('HEAD has the headers alone, other methods are refused', async () => {
	const head = await fetch(`${site.url}/style.css`, { method: 'HEAD' });
	expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '3', '']);
	expect((await fetch(site.url, { method: 'DELETE' })).status).toBe(405);
});

test('links out of the folder work when asked for', async () => {
	await using open = await startStaticSite(join(dir.path, 'root'), { followSymlinks: true });
	expect(await (await fetch(`${open.url}/outside.txt`)).text()).toBe('secret');
});

test('a folder that does not exist is named', async () => {
	await expect(startStaticSite('/no/such/folder')).rejects.toThrow('got "/no/such/folder"');
});

/** The status of a target that `fetch` would tidy up before sending. */
function rawStatus(target: string): Promise<number> {
	return new Promise((resolve, reject) => {
		const socket = connect(site.port, '127.0.0.1', () => {
			socket.write(`GET ${target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
		});
		socket.once('data', (data) => resolve(Number(data.toString().split(' ')[1])));
		socket.once('error', reject);
	});
}
