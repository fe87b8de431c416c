import { expect, it } from 'vitest';
import { readXml } from '../../src/sitemap/read-xml.ts';

function record(xml: string, isDone: (events: readonly string[]) => boolean = () => false): string[] {
	const events: string[] = [];
	readXml(xml, {
		get isDone() {
			return isDone(events);
		},
		open: (name, attributes) => events.push(`<${name} ${JSON.stringify(attributes)}`),
		text: (text) => events.push(text),
		close: (name) => events.push(`</${name}`),
	});
	return events;
}

it('reports elements with their prefix, and text with its references resolved', () => {
	expect(record('<A:b c="1&amp;2"/>').join()).toBe('<A:b {"c":"1&2"},</A:b');
	expect(record('<a>1 &lt;<![CDATA[&lt;]]></a>').join('')).toBe('<a {}1 <&lt;</a');
});

it('closes what a parent closes, but not what the end of the text does', () => {
	expect(record('<a><b></a>')).toEqual(['<a {}', '<b {}', '</b', '</a']);
	expect(record('<a><b>x').filter((event) => event.startsWith('</'))).toEqual([]);
});

it('stops soon after the reader has enough', () => {
	const xml = `<a>${'<b/>'.repeat(100_000)}</a>`;
	const events = record(xml, (seen) => seen.length > 10);
	expect(events.length).toBeGreaterThan(10);
	expect(events.length).toBeLessThan(100_000);
});
