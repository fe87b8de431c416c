import { describe, expect, test } from 'vitest';
import { ROBOTS_BYTES_LIMIT, robotsText } from '../../src/robots/robots-bytes.ts';

describe('robotsText', () => {
	test('gives one character per byte, also for bytes that are not UTF-8', () => {
		expect(robotsText('/ツ')).toBe('/\xe3\x83\x84');
		expect(robotsText(Uint8Array.of(0x2f, 0xfc, 0xff))).toBe('/\xfc\xff');
	});

	test('reads a view into a larger buffer from where it starts', () => {
		expect(robotsText(Buffer.from('xxAllowxx').subarray(2, 7))).toBe('Allow');
	});

	test.each([
		['UTF-8', Buffer.from('\ufeffAllow: /ü')],
		['UTF-16, little end first', Buffer.from('\ufeffAllow: /ü', 'utf16le')],
		['UTF-16, big end first', Buffer.from('\ufeffAllow: /ü', 'utf16le').swap16()],
	])('skips the byte order mark of %s', (_name, bytes) => {
		expect(robotsText(bytes)).toBe('Allow: /\xc3\xbc');
	});

	test('skips the byte order mark of a string', () => {
		expect(robotsText('\ufeffAllow: /')).toBe('Allow: /');
	});

	test('drops NUL bytes', () => {
		expect(robotsText('Dis\0allow: /\0')).toBe('Disallow: /');
	});

	test('takes a file of exactly the limit whole', () => {
		const file = 'a'.repeat(ROBOTS_BYTES_LIMIT);
		expect(robotsText(file)).toHaveLength(ROBOTS_BYTES_LIMIT);
		expect(robotsText(Buffer.from(file))).toHaveLength(ROBOTS_BYTES_LIMIT);
	});

	test.each(['\n', '\r', '\r\n'])('drops the line that the limit cuts (%j)', (lineEnd) => {
		const whole = `Disallow: /kept${lineEnd}`;
		const file = `${whole}Disallow: /${'a'.repeat(ROBOTS_BYTES_LIMIT)}`;
		expect(robotsText(file)).toBe(whole);
		expect(robotsText(Buffer.from(file))).toBe(whole);
	});

	test('keeps the last line when the limit falls right behind it', () => {
		const whole = 'a'.repeat(ROBOTS_BYTES_LIMIT);
		expect(robotsText(`${whole}\nb`)).toBe(whole);
	});

	test('counts bytes, not characters', () => {
		const file = `Disallow: /kept\n${'ü'.repeat(ROBOTS_BYTES_LIMIT / 2)}`;
		expect(robotsText(file)).toBe('Disallow: /kept\n');
	});

	test('keeps nothing of a file that is one endless line', () => {
		expect(robotsText('a'.repeat(ROBOTS_BYTES_LIMIT + 1))).toBe('');
	});
});
