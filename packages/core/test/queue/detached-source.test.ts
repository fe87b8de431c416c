import { expect, test } from 'vitest';
import { Request } from '../../src/crawlee.ts';
import { InvalidOptionError } from '../../src/errors.ts';
import { detachedSource, detachedSources } from '../../src/queue/detached-source.ts';

const url = 'http://a.example/';

test('stays as it was, whatever becomes of the objects in it', () => {
	const source = { url, label: 'L', userData: { deep: { n: 1 } }, headers: { 'x-n': '1' } };
	const detached = detachedSource(source);
	source.userData.deep.n = 2;
	source.headers['x-n'] = '2';
	source.label = 'M';
	expect(detached).toEqual({ url, label: 'L', userData: { deep: { n: 1 } }, headers: { 'x-n': '1' } });
});

test('a Request of Crawlee’s keeps what is hidden in it', () => {
	const request = new Request({
		url,
		label: 'L',
		userData: { a: 1 },
		maxRetries: 2,
		skipNavigation: true,
		crawlDepth: 3,
	});
	const detached = detachedSource(request);
	request.userData.a = 2;
	expect(detached).toMatchObject({
		url,
		label: 'L',
		userData: { a: 1, label: 'L' },
		maxRetries: 2,
		skipNavigation: true,
		crawlDepth: 3,
	});
});

test('what is no object is left to be refused', () => {
	for (const source of [url, null, 5, undefined]) expect(detachedSource(source as never)).toBe(source);
	expect(detachedSource({ url, userData: 'x' } as never)).toEqual({ url, userData: 'x' });
});

test('what cannot be stored is refused at once', () => {
	expect(() => detachedSources([{ url }, { url, userData: { n: 1n } }])).toThrow(InvalidOptionError);
});

test('only a list is read at once', () => {
	const read: string[] = [];
	function* sources(): Generator<string> {
		read.push(url);
		yield url;
	}
	const once = sources();
	expect(detachedSources(once)).toBe(once);
	expect(read).toEqual([]);
	expect(detachedSources([url])).toEqual([url]);
});
