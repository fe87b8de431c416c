import { describe, expect, it } from 'vitest';
import { paramMatcher, SESSION_PARAMS, TRACKING_PARAMS } from '../../src/url/param-lists.ts';

describe('TRACKING_PARAMS', () => {
	const isTracking = paramMatcher(TRACKING_PARAMS);

	it.each([
		'utm_source',
		'UTM_Campaign',
		'gclid',
		'fbclid',
		'msclkid',
		'mc_eid',
		'mc_cid',
		'_hsenc',
		'yclid',
		'pk_kwd',
	])('%s tracks', (name) => {
		expect(isTracking(name)).toBe(true);
	});

	it.each(['utm', 'id', 'page', 'q', 'ref', 'mc_x', 'sid', 'xgclid', 'gclids'])('%s does not', (name) => {
		expect(isTracking(name)).toBe(false);
	});
});

describe('SESSION_PARAMS', () => {
	const isSession = paramMatcher(SESSION_PARAMS);

	it.each(['sid', 'SID', 'PHPSESSID', 'jsessionid', 'ASPSESSIONIDQQCCRRT', 'session_id', 'CFTOKEN'])(
		'%s is one',
		(name) => {
			expect(isSession(name)).toBe(true);
		},
	);

	it.each(['id', 'side', 'session', 'utm_id', 'resid'])('%s is none', (name) => {
		expect(isSession(name)).toBe(false);
	});
});

describe('paramMatcher', () => {
	it('answers the same each time for a global pattern', () => {
		const matches = paramMatcher([/^x_/g]);
		expect([matches('x_a'), matches('x_a'), matches('a')]).toEqual([true, true, false]);
	});
});
