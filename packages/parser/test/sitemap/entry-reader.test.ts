import { describe, expect, it } from 'vitest';
import { EntryReader } from '../../src/sitemap/entry-reader.ts';
import { SitemapCollector } from '../../src/sitemap/sitemap-collector.ts';

function reader() {
	const collector = new SitemapCollector('https://a.test/', 1);
	const entries = new EntryReader(collector);
	const element = (name: string, text: string) => {
		entries.open(name, {});
		entries.text(text);
		entries.close(name);
	};
	return { collector, entries, element };
}

describe('EntryReader', () => {
	it('joins text that comes in parts, and takes the first of two locations', () => {
		const { collector, entries, element } = reader();
		entries.open('url', {});
		entries.open('loc', {});
		entries.text('/a');
		entries.text('b');
		entries.close('loc');
		element('loc', '/c');
		entries.close('url');
		expect(collector.result().urls).toEqual([{ url: 'https://a.test/ab' }]);
	});

	it('does not look below the children of an entry', () => {
		const { collector, entries, element } = reader();
		entries.open('url', {});
		entries.open('other', {});
		element('loc', '/a');
		entries.close('other');
		element('loc', '/b');
		entries.close('url');
		expect(collector.result().urls).toEqual([{ url: 'https://a.test/b' }]);
	});

	it('ignores fields outside entries', () => {
		const { collector, element } = reader();
		element('loc', '/a');
		expect(collector.result().urls).toEqual([]);
	});

	it('has enough when the collector has', () => {
		const { entries, element } = reader();
		for (const loc of ['/a', '/b']) {
			expect(entries.isDone).toBe(false);
			entries.open('url', {});
			element('loc', loc);
			entries.close('url');
		}
		expect(entries.isDone).toBe(true);
	});

	it('has enough when the root is that of a web page', () => {
		const { entries } = reader();
		entries.open('html', {});
		expect(entries.isDone).toBe(true);
	});
});
