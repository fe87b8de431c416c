import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { cachedClient } from './support/cached-client.ts';
import { FileStore } from './support/file-store.ts';
import { startOrigin } from './support/origin.ts';

async function temporaryFolder(): Promise<string> {
	const folder = await mkdtemp(join(tmpdir(), 'orb-cache-'));
	onTestFinished(() => rm(folder, { recursive: true, force: true }));
	return folder;
}

function heardWarnings(): unknown[] {
	const messages: unknown[] = [];
	const spy = vi.spyOn(process, 'emitWarning').mockImplementation((message) => {
		messages.push(message);
	});
	onTestFinished(() => spy.mockRestore());
	return messages;
}

it('a store on disk serves the next client as well, and shows no credentials', async () => {
	const folder = await temporaryFolder();
	const body = Buffer.from(Array.from({ length: 1000 }, (_, i) => i % 256)).toString('latin1');
	const origin = await startOrigin((request) => ({
		headers: { 'cache-control': 'max-age=60', etag: '"1"', vary: 'cookie', 'x-list': ['1', '2'] },
		body: request.url === '/b' ? 'b' : Buffer.from(body, 'latin1'),
	}));
	const sent = { authorization: 'Bearer topsecret', cookie: 'session=topsecret' };
	const first = cachedClient({ store: new FileStore(folder) });
	const page = await first.get(`${origin.url}/a`, sent);
	await first.get(`${origin.url}/b`, sent);
	// Read after what is being written.
	expect((await first.get(`${origin.url}/a`, sent)).cacheStatus).toBe('hit');
	expect((await first.get(`${origin.url}/b`, sent)).cacheStatus).toBe('hit');

	const second = cachedClient({ store: new FileStore(folder) });
	expect(await second.get(`${origin.url}/a`, sent)).toMatchObject({ text: page.text, cacheStatus: 'hit' });
	expect((await second.get(`${origin.url}/a`)).cacheStatus).toBeUndefined();
	expect(origin.lines).toEqual(['GET /a', 'GET /b', 'GET /a']);
	for (const file of await readdir(folder)) {
		expect(await readFile(join(folder, file), 'utf8')).not.toContain('topsecret');
	}
});

it('a folder that is gone, or was never one, costs a warning and no request', async () => {
	for (const path of [join(await temporaryFolder(), 'gone'), '/dev/null']) {
		const warnings = heardWarnings();
		const origin = await startOrigin(() => ({ headers: { 'cache-control': 'max-age=60' }, body: 'page' }));
		const client = cachedClient({ store: new FileStore(path) });
		for (let i = 0; i < 3; i++) expect((await client.get(`${origin.url}/`)).text).toBe('page');
		expect((await client.get(`${origin.url}/`, {}, { method: 'POST' })).status).toBe(200);
		expect(origin.requests.length).toBe(4);
		await vi.waitFor(() => expect(warnings).toHaveLength(1));
	}
});

it('files that were spoilt count for nothing, and are written anew', async () => {
	const warnings = heardWarnings();
	const folder = await temporaryFolder();
	const origin = await startOrigin(() => ({ headers: { 'cache-control': 'max-age=60' }, body: 'page' }));
	const first = cachedClient({ store: new FileStore(folder) });
	await first.get(`${origin.url}/`);
	expect((await first.get(`${origin.url}/`)).cacheStatus).toBe('hit');
	for (const spoilt of ['[{"body":"cGFn', '[{}]', '{}', '[null]']) {
		const files = await readdir(folder);
		expect(files).toHaveLength(1);
		for (const file of files) await writeFile(join(folder, file), spoilt);
		const client = cachedClient({ store: new FileStore(folder) });
		const before = warnings.length;
		expect((await client.get(`${origin.url}/`)).cacheStatus).toBeUndefined();
		expect((await client.get(`${origin.url}/`)).cacheStatus).toBe('hit');
		expect(warnings.length).toBe(before + 1);
	}
	expect(origin.requests.length).toBe(5);
});
