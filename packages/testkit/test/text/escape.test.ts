import { expect, test } from 'vitest';
import { escapeHtml, scriptJson } from '../../src/text/escape.ts';

test('the five characters that HTML gives a meaning', () => {
	expect(escapeHtml(`<a href="x">Tom & 'Jerry'</a>`)).toBe(
		'&lt;a href=&quot;x&quot;&gt;Tom &amp; &#39;Jerry&#39;&lt;/a&gt;',
	);
});

test('JSON in a script cannot end the script and reads back the same', () => {
	const text = scriptJson({ name: '</script><b>' });
	expect(text).not.toContain('<');
	expect(JSON.parse(text)).toEqual({ name: '</script><b>' });
});
