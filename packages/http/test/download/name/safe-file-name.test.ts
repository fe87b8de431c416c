import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve, win32 } from 'node:path';
import fc from 'fast-check';
import { expect, it, onTestFinished } from 'vitest';
import { MAX_NAME_BYTES, safeFileName } from '../../../src/download/name/safe-file-name.ts';

it.each([
	['report.pdf', 'report.pdf'],
	['ünïcödé 文件.txt', 'ünïcödé 文件.txt'],
	['../../etc/passwd', 'passwd'],
	['..\\..\\windows\\win.ini', 'win.ini'],
	['/etc/passwd', 'passwd'],
	['C:\\x.txt', 'x.txt'],
	['C:x.txt', 'C_x.txt'],
	['..%2F..%2Fx', '_%2F..%2Fx'],
	['a\u0000b\nc\u007f.txt', 'abc.txt'],
	['photo\u202egpj.exe', 'photogpj.exe'],
	['zero\u200bwidth\ufeff.txt', 'zerowidth.txt'],
	['a/\u202e../b', 'b'],
	['<a>|"b"?*', '_a___b___'],
	['name. . ', 'name'],
	['  name', 'name'],
	['.bashrc', '_bashrc'],
	['...x', '_x'],
	['CON', '_CON'],
	['nul.tar.gz', '_nul.tar.gz'],
	['com¹.txt', '_com¹.txt'],
	['console.txt', 'console.txt'],
	['\ud800.txt', '\ufffd.txt'],
	['disk.iso.part', 'disk.iso_part'],
	['disk.iso.part.json', 'disk.iso_part.json'],
	['disk.iso.part.json.tmp', 'disk.iso_part.json.tmp'],
	['disk.iso.Part.LOCK. ', 'disk.iso_Part.LOCK'],
	['disk.iso.part.j\u017fon', 'disk.iso_part.j\u017fon'], // A long s is an s where case is ignored.
	['disk.part1.rar', 'disk.part1.rar'],
	['.part', '_part'],
	['a.part.part', 'a.part_part'],
])('%j becomes %j', (given, safe) => {
	expect(safeFileName(given)).toBe(safe);
});

it.each(['', '.', '..', '...', ' ', 'folder/', 'a/..', 'x\\.', '\u202e\u0000', '. . .'])(
	'nothing is left of %j',
	(given) => {
		expect(safeFileName(given)).toBeUndefined();
	},
);

it('shortens the stem, by whole characters, and keeps the extension', () => {
	expect(safeFileName(`${'x'.repeat(300)}.tar`)).toBe(`${'x'.repeat(MAX_NAME_BYTES - 4)}.tar`);
	expect(safeFileName(`${'€'.repeat(100)}.pdf`)).toBe(`${'€'.repeat(78)}.pdf`);
	expect(safeFileName(`${'😀'.repeat(100)}`)).toBe('😀'.repeat(60));
	expect(Buffer.byteLength(safeFileName(`a.${'y'.repeat(300)}`) ?? '')).toBe(MAX_NAME_BYTES);
});

/** Names as an attacker would make them. */
const hostile = fc
	.array(
		fc.oneof(
			fc.constantFrom(
				'..',
				'.',
				'/',
				'\\',
				'%2F',
				'%5C',
				'~',
				':',
				'\u0000',
				'\u202e',
				'\u200b',
				' ',
				'CON',
				'nul',
				'.part',
				'.json',
				'.lock',
				'a',
			),
			fc.string({ unit: 'binary', maxLength: 8 }),
			fc.string({ maxLength: 200 }),
		),
		{ maxLength: 12 },
	)
	.map((parts) => parts.join(''));

it('is a single part of a path, never one that leads elsewhere, and stays what it is', () => {
	fc.assert(
		fc.property(hostile, (given) => {
			const name = safeFileName(given);
			if (name === undefined) return;
			expect(dirname(resolve('/folder', name))).toBe('/folder');
			expect(win32.dirname(win32.resolve('C:\\folder', name))).toBe('C:\\folder');
			expect(name).not.toMatch(/[/\\:\p{Cc}\p{Cf}]/u);
			expect(name).not.toMatch(/^\.|[\s.]$/);
			expect(name).not.toMatch(/\.part(\.json|\.lock)?$/i);
			expect(Buffer.byteLength(name)).toBeLessThanOrEqual(MAX_NAME_BYTES);
			expect(safeFileName(name)).toBe(name);
		}),
		{ numRuns: 2_000 },
	);
});

it('makes a file in the folder, and nowhere else', async () => {
	const outer = mkdtempSync(join(tmpdir(), 'orbweaver-name-'));
	onTestFinished(() => rmSync(outer, { recursive: true }));
	const folder = mkdtempSync(join(outer, 'inner-'));
	const names = new Set<string>();
	for (const given of fc.sample(hostile, { numRuns: 200, seed: 1 })) {
		const name = safeFileName(given);
		if (name === undefined) continue;
		await writeFile(join(folder, name), '');
		names.add(name);
	}
	expect(new Set(await readdir(folder))).toEqual(names);
	expect(await readdir(outer)).toHaveLength(1);
	expect(names.size).toBeGreaterThan(50);
});
