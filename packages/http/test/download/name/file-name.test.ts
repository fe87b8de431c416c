import { expect, it } from 'vitest';
import { fileNameOf } from '../../../src/download/name/file-name.ts';

it.each([
	['attachment; filename="named.bin"', 'http://host/path/last.bin?x=1#y', 'named.bin'],
	['attachment; filename="../up.bin"', 'http://host/last.bin', 'up.bin'],
	['attachment; filename=".."', 'http://host/last.bin', 'last.bin'],
	['attachment', 'http://host/last.bin', 'last.bin'],
	[undefined, 'http://host/a/b%20c.txt?d', 'b c.txt'],
	[undefined, 'http://host/a/..%2F..%2Fetc%2Fpasswd', 'passwd'],
	[undefined, 'http://host/a/%2e%2e%5cx', 'x'],
	[undefined, 'http://host/100%.txt', '100%.txt'],
	[undefined, 'http://host/folder/', 'download'],
	[undefined, 'http://host', 'download'],
	[undefined, 'http://host/%2e%2e%2f', 'download'],
])('of %j and %s is %s', (disposition, url, name) => {
	expect(fileNameOf({ 'content-disposition': disposition }, url)).toBe(name);
});
