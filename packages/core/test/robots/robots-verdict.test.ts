import { describe, expect, test } from 'vitest';
import { type RobotsOutcome, robotsVerdict } from '../../src/robots/robots-verdict.ts';

const DAY = 24 * 60 * 60 * 1000;
const body = Buffer.from('User-agent: *\nDisallow: /');

function answered(status: number): RobotsOutcome {
	return { kind: 'answered', status, body, finalUrl: 'https://a.test/robots.txt' };
}

describe('robotsVerdict', () => {
	test.each([200, 203, 206])('%i: the file holds for a day', (status) => {
		expect(robotsVerdict(answered(status))).toEqual({ rule: 'file', body, expiresInMs: DAY });
	});

	test.each([400, 401, 403, 404, 410, 418, 451, 499])('%i: there is no file', (status) => {
		expect(robotsVerdict(answered(status))).toEqual({ rule: 'allow-all', expiresInMs: DAY });
	});

	test.each([300, 302, 304])('%i that is no redirect: there is no file', (status) => {
		expect(robotsVerdict(answered(status))).toEqual({ rule: 'allow-all', expiresInMs: DAY });
	});

	test('redirects that lead nowhere: there is no file', () => {
		const outcome: RobotsOutcome = { kind: 'misdirected', error: new Error('too many') };
		expect(robotsVerdict(outcome)).toEqual({ rule: 'allow-all', expiresInMs: DAY });
	});

	test.each([429, 500, 502, 503, 504, 599, 600, 999])('%i: nothing is allowed for now', (status) => {
		expect(robotsVerdict(answered(status))).toEqual({ rule: 'disallow-all', expiresInMs: 1_000 });
	});

	test('no answer: nothing is allowed for now', () => {
		const outcome: RobotsOutcome = { kind: 'unreachable', error: new Error('reset') };
		expect(robotsVerdict(outcome)).toEqual({ rule: 'disallow-all', expiresInMs: 1_000 });
	});

	test('asks again after 1, 2, 4 … seconds, at most an hour', () => {
		const seconds = [0, 1, 2, 3, 11, 12, 5000].map(
			(failures) => robotsVerdict(answered(503), failures).expiresInMs / 1_000,
		);
		expect(seconds).toEqual([1, 2, 4, 8, 2048, 3600, 3600]);
	});

	test('an answer ends the failures', () => {
		expect(robotsVerdict(answered(404), 9)).toEqual({ rule: 'allow-all', expiresInMs: DAY });
	});
});
