import { createHash } from 'node:crypto';
import { mkdtempDisposable, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generatedPage, startStaticSite, writeGeneratedSite } from '../../src/index.ts';
import { crawl, linksOf } from '../tiny-crawler.ts';

const origin = 'http://127.0.0.1:8080';

test('writes each page once and counts what it wrote', async () => {
	await using dir = await mkdtempDisposable(join(tmpdir(), 'generated-'));
	const options = { origin, pages: 230, seed: 9 };
	const stats = await writeGeneratedSite(dir.path, options);
	const pages = Array.from({ length: 230 }, (_, i) => generatedPage(i, options));
	const sizes = pages.map((html) => Buffer.byteLength(html)).toSorted((a, b) => a - b);
	const files = (await readdir(dir.path, { recursive: true })).filter((name) => name.endsWith('.html'));

	expect(files).toHaveLength(230);
	expect(stats).toMatchObject({ pages: 230, urls: 235, medianBytes: sizes[115], largestBytes: sizes.at(-1) });
	expect(stats.bytes).toBe(sizes.reduce((a, b) => a + b));
	expect(stats.links).toBe(pages.reduce((sum, html) => sum + linksOf(html, origin).length, 0));
	expect(stats.sha256).toBe(createHash('sha256').update(pages.join('')).digest('hex'));
	expect(await readFile(join(dir.path, 'section-001/page-000123.html'), 'utf8')).toBe(pages[123]);
});

test('any web server can serve it', async () => {
	await using dir = await mkdtempDisposable(join(tmpdir(), 'generated-'));
	const stats = await writeGeneratedSite(dir.path, { origin, pages: 120 });
	await using server = await startStaticSite(dir.path);
	const visits = await crawl(`${server.url}/`);
	expect([...visits.values()].every(({ status }) => status === 200)).toBe(true);
	expect(visits.size).toBe(stats.urls);
	expect((await fetch(`${server.url}/robots.txt`)).status).toBe(200);
});
