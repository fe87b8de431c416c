import { expect, test } from 'vitest';
import { load } from '../src/load.ts';

test('parses a page as a browser without scripting', () => {
	const $ = load('<p>a<p>b<noscript><b>c</b></noscript>');
	expect($('p').length).toBe(2);
	expect($('noscript b').text()).toBe('c');
});

test('takes options of cheerio', () => {
	const $ = load('<noscript><b>c</b></noscript>', { scriptingEnabled: true });
	expect($('b').length).toBe(0);
});
