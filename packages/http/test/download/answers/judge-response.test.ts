import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Ask } from '../../../src/download/answers/ask.ts';
import { judgeResponse } from '../../../src/download/answers/judge-response.ts';

const validator = { kind: 'etag', value: '"1"' } as const;
const date = { kind: 'last-modified', value: 'Wed, 21 Oct 2015 07:28:00 GMT' } as const;
const known = { size: 1_000, validator };
const whole: Ask = { kind: 'whole' };
const part: Ask = { kind: 'part', range: { start: 100, end: 200 }, validator };
const check: Ask = { kind: 'check', validator };
const options = { acceptEncoded: false };

/** Headers of the very part that is asked for. */
const exact = { etag: '"1"', 'content-range': 'bytes 100-199/1000', 'content-length': '100' };

const judge = (ask: Ask, status: number, headers = {}, of: typeof known | undefined = known) =>
	judgeResponse(ask, ask.kind === 'whole' ? undefined : of, { status, headers }, options);

const CHANGED = { action: 'restart', reason: 'changed' };
const RANGES = { action: 'restart', reason: 'ranges' };

describe('206', () => {
	it('is appended when it is the part, of the version', () => {
		expect(judge(part, 206, exact)).toEqual({ action: 'append' });
		expect(judge(part, 206, { ...exact, 'content-length': undefined })).toEqual({ action: 'append' });
	});

	it.each([
		['another tag', { etag: '"2"' }, CHANGED],
		['the same tag, but weak', { etag: 'W/"1"' }, CHANGED],
		['another size', { 'content-range': 'bytes 100-199/1001' }, CHANGED],
		['no tag', { etag: undefined }, RANGES],
		['another start', { 'content-range': 'bytes 99-199/1000' }, RANGES],
		['another end', { 'content-range': 'bytes 100-198/1000' }, RANGES],
		['no size', { 'content-range': 'bytes 100-199/*' }, RANGES],
		['no range', { 'content-range': undefined }, RANGES],
		['several parts', { 'content-range': undefined, 'content-type': 'multipart/byteranges; boundary=x' }, RANGES],
		['a length that does not fit', { 'content-length': '99' }, RANGES],
		['a coding', { 'content-encoding': 'gzip' }, RANGES],
	])('with %s is not', (_name, changes, verdict) => {
		expect(judge(part, 206, { ...exact, ...changes })).toEqual(verdict);
	});

	it('needs the date where that is the validator', () => {
		const of = { size: 1_000, validator: date };
		const ask: Ask = { kind: 'part', range: { start: 100, end: 200 }, validator: date };
		const headers = { 'content-range': 'bytes 100-199/1000' };
		const answer = (modified: string | undefined) =>
			judgeResponse(ask, of, { status: 206, headers: { ...headers, 'last-modified': modified } }, options);
		expect(answer(date.value)).toEqual({ action: 'append' });
		expect(answer('Wed, 21 Oct 2015 07:28:01 GMT')).toEqual(CHANGED);
		expect(answer(undefined)).toEqual(RANGES);
	});

	it('is refused where the whole was asked for', () => {
		expect(judge(whole, 206, exact)).toMatchObject({ action: 'fail', reason: 'range' });
		expect(judge(check, 206, exact)).toMatchObject({ action: 'fail', reason: 'range' });
	});

	it('is never appended unless start, end, size and tag are those that were asked for', () => {
		const near = fc.integer({ min: 98, max: 102 });
		const header = fc.tuple(near, fc.constantFrom(198, 199, 200), fc.constantFrom(999, 1_000, 1_001));
		fc.assert(
			fc.property(header, fc.constantFrom('"1"', '"2"', 'W/"1"', undefined), ([start, last, size], etag) => {
				const headers = { etag, 'content-range': `bytes ${start}-${last}/${size}` };
				const isExact = start === 100 && last === 199 && size === 1_000 && etag === '"1"';
				expect(judge(part, 206, headers).action === 'append').toBe(isExact);
			}),
		);
	});
});

describe('200', () => {
	it('is the whole, whatever was asked for', () => {
		expect(judge(whole, 200)).toEqual({ action: 'whole', reason: 'asked' });
		expect(judge(part, 200, { etag: '"2"' })).toEqual({ action: 'whole', reason: 'changed' });
		expect(judge(part, 200)).toEqual({ action: 'whole', reason: 'changed' });
	});

	it('for a part of the same version tells that ranges do not work', () => {
		const headers = { etag: '"1"', 'content-length': '1000' };
		expect(judge(part, 200, headers)).toEqual({ action: 'whole', reason: 'ranges' });
		expect(judge(part, 200, { ...headers, 'content-length': '999' })).toMatchObject({ reason: 'changed' });
	});

	it('tells whether what is held is current', () => {
		expect(judge(check, 200, { etag: '"1"' })).toEqual({ action: 'complete' });
		expect(judge(check, 200, { etag: '"2"' })).toEqual({ action: 'whole', reason: 'changed' });
	});

	it('is refused when it is compressed, unless it is taken so', () => {
		const response = { status: 200, headers: { 'content-encoding': 'gzip' } };
		expect(judgeResponse(whole, undefined, response, options)).toMatchObject({ action: 'fail', reason: 'encoding' });
		expect(judgeResponse(whole, undefined, response, { acceptEncoded: true })).toMatchObject({ action: 'whole' });
	});
});

describe('203', () => {
	const same = { etag: '"1"', 'content-length': '1000' };

	it('is not the file, whatever its validator says', () => {
		for (const ask of [whole, part, check]) {
			const verdict = judge(ask, 203, same);
			expect(verdict).toMatchObject({ action: 'fail', reason: 'encoding' });
			expect(JSON.stringify(verdict)).toContain('acceptEncoded');
		}
	});

	it('is taken where that is wanted, but never for what is held', () => {
		const response = { status: 203, headers: same };
		const taken = (ask: typeof whole | typeof part | typeof check) =>
			judgeResponse(ask, known, response, { acceptEncoded: true });
		expect(taken(whole)).toEqual({ action: 'whole', reason: 'asked' });
		expect(taken(part)).toEqual({ action: 'whole', reason: 'ranges' });
		expect(taken(check)).toEqual({ action: 'whole', reason: 'ranges' });
	});
});

describe('other statuses', () => {
	it('304 is an answer to the check only', () => {
		expect(judge(check, 304)).toEqual({ action: 'complete' });
		expect(judge(part, 304)).toMatchObject({ action: 'fail', reason: 'status' });
		expect(judge(whole, 304)).toMatchObject({ action: 'fail', reason: 'status' });
	});

	it('412 tells of another version', () => {
		expect(judge(part, 412)).toEqual(CHANGED);
		expect(judge(whole, 412)).toMatchObject({ action: 'fail' });
	});

	it('416 tells of another size, or of ranges that do not work', () => {
		expect(judge(part, 416, { 'content-range': 'bytes */50' })).toEqual(CHANGED);
		expect(judge(part, 416)).toEqual(CHANGED);
		expect(judge(part, 416, { 'content-range': 'bytes */1000' })).toEqual(RANGES);
		expect(judge(whole, 416)).toMatchObject({ action: 'fail' });
	});

	it.each([408, 429, 500, 502, 503, 504])('%i may pass', (status) => {
		for (const ask of [whole, part, check]) expect(judge(ask, status)).toEqual({ action: 'retry' });
	});

	it.each([204, 302, 400, 401, 403, 404, 410, 501])('%i will not', (status) => {
		for (const ask of [whole, part, check]) {
			expect(judge(ask, status)).toEqual({ action: 'fail', reason: 'status', detail: `answered ${status}.` });
		}
	});
});
