import { describe, expect, it } from 'vitest';
import { compileStrategy, type FilterStrategy } from '../../src/filter/strategy.ts';

function taken(strategy: FilterStrategy, base: string, urls: readonly string[]): string[] {
	const test = compileStrategy(strategy, new URL(base));
	return urls.filter(test);
}

const URLS = [
	'https://www.a.test/',
	'http://www.a.test/b',
	'https://user@www.a.test/b',
	'https://a.test/',
	'https://x.www.a.test/',
	'https://www.a.test:8443/',
	'https://www.a.test.evil.test/',
	'https://evil.test/https://www.a.test/',
	'https://www.a.test@evil.test/',
	'https://xwww.a.test/',
];

describe('compileStrategy', () => {
	it('all takes every site', () => {
		expect(taken('all', 'https://www.a.test/', URLS)).toEqual(URLS);
	});

	it('same-hostname takes both schemes', () => {
		expect(taken('same-hostname', 'https://www.a.test/x', URLS)).toEqual(URLS.slice(0, 3));
	});

	it('same-origin takes one', () => {
		expect(taken('same-origin', 'https://www.a.test/x', URLS)).toEqual([URLS[0], URLS[2]]);
		expect(taken('same-origin', 'https://www.a.test:8443/', URLS)).toEqual(['https://www.a.test:8443/']);
	});

	it('same-domain takes the registrable domain and what is below it', () => {
		expect(taken('same-domain', 'https://www.a.test/x', URLS)).toEqual([...URLS.slice(0, 5), 'https://xwww.a.test/']);
	});

	it('knows public suffixes', () => {
		expect(taken('same-domain', 'https://a.co.uk/', ['https://b.co.uk/', 'https://c.a.co.uk/'])).toEqual([
			'https://c.a.co.uk/',
		]);
	});

	it('keeps to an address or a local name as it is', () => {
		const urls = ['http://127.0.0.1:80/', 'http://127.0.0.1:8080/', 'http://27.0.0.1:8080/', 'http://[::1]:8080/'];
		expect(taken('same-domain', 'http://127.0.0.1:8080/', urls)).toEqual(['http://127.0.0.1:8080/']);
		expect(taken('same-domain', 'http://[::1]:8080/', urls)).toEqual(['http://[::1]:8080/']);
		expect(taken('same-hostname', 'http://127.0.0.1:8080/', urls)).toEqual(['http://127.0.0.1:8080/']);
	});
});
