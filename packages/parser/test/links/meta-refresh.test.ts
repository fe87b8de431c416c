import { expect, test } from 'vitest';
import { parseMetaRefresh } from '../../src/links/meta-refresh.ts';

test.each([
	['0;url=/x', '/x'],
	['5; URL=/x', '/x'],
	['0, url = /x', '/x'],
	['0 url=/x', '/x'],
	[' 1.5;\n/x', '/x'],
	['.5;/x', '/x'],
	["0;url='/x' y", '/x'],
	['0;url="/x', '/x'],
	['0;"/x"', '/x'],
	['0;uri=/x', 'uri=/x'],
	['0;url /x', 'url /x'],
	['0', undefined],
	['0;', undefined],
	['0;url=', undefined],
	['0x;url=/x', undefined],
	['url=/x', undefined],
	['', undefined],
	['-1;url=/x', undefined],
])('%j leads to %j', (content, url) => {
	expect(parseMetaRefresh(content)).toBe(url);
});
