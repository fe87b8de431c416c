import { describe, expect, it } from 'vitest';
import { parseJsonLd } from '../../src/facts/json-ld.ts';

describe('parseJsonLd', () => {
	it('keeps objects in order, those of arrays one by one', () => {
		expect(parseJsonLd(['{"@type":"A"}', ' \n[{"@type":"B"},{"@type":"C"}] '])).toEqual({
			items: [{ '@type': 'A' }, { '@type': 'B' }, { '@type': 'C' }],
			broken: 0,
		});
	});

	it('counts what is no object', () => {
		expect(parseJsonLd(['{"a":}', '', '5', 'null', '[1, {"b": 1}, []]'])).toEqual({ items: [{ b: 1 }], broken: 6 });
	});
});
