import { expect, test } from 'vitest';
import { Tag, tagNamed } from '../../../src/links/scan/tag-name.ts';

test.each([
	['a', Tag.A],
	['AREA', Tag.Area],
	['tBody', Tag.Section],
	['th', Tag.Cell],
	['plaintext', Tag.Plaintext],
	['div', Tag.Other],
	['b', Tag.Other],
	['are', Tag.Other],
	['areas', Tag.Other],
	['q', Tag.Other],
	['a-very-long-element-name', Tag.Other],
	['\u{1d41a}', Tag.Other],
])('%s', (name, tag) => {
	expect(tagNamed(`<${name}>`, 1, 1 + name.length)).toBe(tag);
});
