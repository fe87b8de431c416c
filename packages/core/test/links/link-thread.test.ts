import { expect, onTestFinished, test } from 'vitest';
import type { LinkTask } from '../../src/links/found-links.ts';
import { LinkThread } from '../../src/links/link-thread.ts';
import { DEFAULT_URL_RULES } from '../../src/queue/url-keys.ts';

function thread(): LinkThread {
	const started = new LinkThread(DEFAULT_URL_RULES);
	onTestFinished(() => started.close());
	return started;
}

function task(html: string | Uint8Array, url = 'http://site.test/'): LinkTask {
	const bytes = typeof html === 'string' ? Buffer.from(html) : html;
	return { bytes, contentType: undefined, url, filter: {}, from: { url } };
}

test('finds the links of many pages, each with its own answer', async () => {
	const links = thread();
	const pages = Array.from({ length: 100 }, (_, n) => task(`<a href="/${n}">x</a><a href="/all">y</a>`));
	const found = await Promise.all(pages.map((page) => links.find(page)));
	expect(found.map((one) => one?.fresh)).toEqual(
		pages.map((_, n) => [`http://site.test/${n}`, 'http://site.test/all']),
	);
	expect(links.pending).toBe(0);
});

test('knows what it was told is stored', async () => {
	const links = thread();
	links.stored('http://site.test/a?b=1&c=2');
	const found = await links.find(task('<a href="/a?c=2&b=1">a</a><a href="/new">n</a>'));
	expect(found?.fresh).toEqual(['http://site.test/new']);
	expect(found?.lines).toBe('http://site.test/a?c=2&b=1\nhttp://site.test/new');
});

test('the page stays readable for whoever asked', async () => {
	const bytes = Buffer.from('<a href="/a">a</a>');
	const finding = thread().find(task(bytes));
	await finding;
	expect(bytes.toString()).toBe('<a href="/a">a</a>');
});

test('an error is met by whoever asked: it gets no answer', async () => {
	expect(await thread().find(task('<a href="/a">a</a>', 'no address'))).toBeUndefined();
});

test('a thread that is closed in the middle answers nothing, and nobody waits for ever', async () => {
	const links = thread();
	const waiting = [links.find(task('<a href="/a">a</a>')), links.find(task('<a href="/b">b</a>'))];
	await links.close();
	expect(await Promise.all(waiting)).toEqual([undefined, undefined]);
	expect(await links.find(task(''))).toBeUndefined();
});
