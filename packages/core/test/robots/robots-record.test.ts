import { describe, expect, test } from 'vitest';
import { isFresh, nextRecord, type RobotsRecord } from '../../src/robots/robots-record.ts';
import type { RobotsOutcome } from '../../src/robots/robots-verdict.ts';

const HOUR = 60 * 60 * 1000;
const ORIGIN = 'https://a.test';
const body = Buffer.from('User-agent: *\nDisallow: /x');
const nothing = new Uint8Array();
const unreachable: RobotsOutcome = { kind: 'unreachable', error: new Error('reset') };

function answered(status: number): RobotsOutcome {
	return { kind: 'answered', status, body, finalUrl: `${ORIGIN}/robots.txt` };
}

describe('nextRecord', () => {
	test('keeps a file for a day', () => {
		expect(nextRecord(ORIGIN, answered(200), undefined, 1000)).toEqual({
			origin: ORIGIN,
			rule: 'file',
			body,
			status: 200,
			fetchedAt: 1000,
			expiresAt: 1000 + 24 * HOUR,
			failures: 0,
		});
	});

	test('keeps no body of an error page', () => {
		const record = nextRecord(ORIGIN, answered(404), undefined, 0);
		expect(record).toMatchObject({ rule: 'allow-all', status: 404, body: nothing, expiresAt: 24 * HOUR });
	});

	test('has a reason instead of a status when there was no answer', () => {
		const record = nextRecord(ORIGIN, unreachable, undefined, 0);
		expect(record).toEqual({
			origin: ORIGIN,
			rule: 'disallow-all',
			body: nothing,
			error: 'reset',
			fetchedAt: 0,
			expiresAt: 1_000,
			failures: 1,
		});
		expect(record).not.toHaveProperty('status');
		expect(nextRecord(ORIGIN, { kind: 'unreachable', error: 'gone' }, undefined, 0).error).toBe('gone');
	});

	test('counts failures in a row and forgets them with an answer', () => {
		const first = nextRecord(ORIGIN, answered(503), undefined, 0);
		const second = nextRecord(ORIGIN, unreachable, first, first.expiresAt);
		expect(second).toMatchObject({ rule: 'disallow-all', failures: 2, fetchedAt: 1_000, expiresAt: 3_000 });
		const third = nextRecord(ORIGIN, answered(200), second, second.expiresAt);
		expect(third).toMatchObject({ rule: 'file', failures: 0, fetchedAt: 3_000, expiresAt: 3_000 + 24 * HOUR });
	});

	test.each([
		['file', 200, body],
		['allow-all', 404, nothing],
	] as const)('goes on with %s for another day when the origin fails later', (rule, status, kept) => {
		const good = nextRecord(ORIGIN, answered(status), undefined, 0);
		let record: RobotsRecord = nextRecord(ORIGIN, answered(500), good, good.expiresAt);
		expect(record).toEqual({
			origin: ORIGIN,
			rule,
			body: kept,
			status: 500,
			fetchedAt: 0,
			expiresAt: 24 * HOUR + 1_000,
			failures: 1,
		});
		while (record.rule !== 'disallow-all') record = nextRecord(ORIGIN, unreachable, record, record.expiresAt);
		expect(record).toMatchObject({ body: nothing, fetchedAt: 48 * HOUR, expiresAt: 49 * HOUR });
	});

	test('trusts nothing that is older than two days', () => {
		const good = nextRecord(ORIGIN, answered(200), undefined, 0);
		expect(nextRecord(ORIGIN, unreachable, good, 48 * HOUR)).toMatchObject({ rule: 'disallow-all', failures: 1 });
	});
});

describe('isFresh', () => {
	const record = nextRecord(ORIGIN, answered(200), undefined, 1000);

	test.each([
		[999, false],
		[1000, true],
		[1000 + 24 * HOUR - 1, true],
		[1000 + 24 * HOUR, false],
	])('at %i: %s', (now, fresh) => {
		expect(isFresh(record, now)).toBe(fresh);
	});
});
