import { expect, it } from 'vitest';
import { headersAfterRedirect, isHarmless } from '../src/redirect-headers.ts';

const HEADERS = [
	...['user-agent', 'bot'],
	...['authorization', 'Bearer t'],
	...['cookie', 'a=1'],
	...['x-api-key', 'k'],
	...['range', 'bytes=0-9'],
	...['if-range', '"v1"'],
	...['content-type', 'text/plain'],
];

it('knows what is harmless', () => {
	expect(['accept', 'range', 'cookie', 'x-api-key'].map(isHarmless)).toEqual([true, true, false, false]);
});

it('keeps everything within the origin', () => {
	expect(headersAfterRedirect(HEADERS, { crossOrigin: false, dropBody: false })).toEqual(HEADERS);
});

it('keeps only what is known to be harmless across origins', () => {
	expect(headersAfterRedirect(HEADERS, { crossOrigin: true, dropBody: false })).toEqual([
		...['user-agent', 'bot'],
		...['range', 'bytes=0-9'],
		...['if-range', '"v1"'],
		...['content-type', 'text/plain'],
	]);
});

it('drops what describes the body together with the body', () => {
	const kept = headersAfterRedirect(HEADERS, { crossOrigin: false, dropBody: true });
	expect(kept).not.toContain('content-type');
	expect(kept).toContain('authorization');
});

it('never carries a Host header on', () => {
	expect(headersAfterRedirect(['host', 'a.example'], { crossOrigin: false, dropBody: false })).toEqual([]);
});
