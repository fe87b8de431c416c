import { describe, expect, test } from 'vitest';
import { InvalidOptionError } from '../../src/errors.ts';
import { checkSource, checkSources, jsonCopy } from '../../src/queue/check-source.ts';

const url = 'http://a.example/';

test('what can be stored and handed out passes', () => {
	const sources = [{}, { method: 'HEAD' }, { method: 'POST', payload: '' }, { priority: -1, crawlDepth: 0, label: '' }];
	for (const source of sources) expect(() => checkSource({ url, ...source } as object)).not.toThrow();
});

test('the first fault is named, with the address', () => {
	expect(() => checkSource({ url, priority: 1.5, label: 5 as never })).toThrow(InvalidOptionError);
	expect(() => checkSource({ url, priority: 1.5 })).toThrow(
		`priority of the request for ${url} must be a whole number`,
	);
});

describe('a copy of what JSON can hold', () => {
	test('stays as it was', () => {
		const userData = { a: [1], when: new Date(0), left: undefined };
		const copy = jsonCopy<object>('userData', userData, url);
		userData.a.push(2);
		expect(copy).toEqual({ a: [1], when: '1970-01-01T00:00:00.000Z' });
	});

	const circular: Record<string, unknown> = {};
	circular.self = circular;
	const getter = {
		get a(): never {
			throw Object.create(null);
		},
	};
	test.each<[object, string]>([
		[{ a: 1n }, 'BigInt'],
		[circular, 'circular'],
		[{ deep: { go: () => 1 } }, '(go is a function)'],
		[{ s: Symbol('s') }, '(s is a symbol)'],
		[getter, 'null prototype'],
		[new Date(0), "(its toJSON() makes '1970-01-01T00:00:00.000Z' of it)"],
	])('%# is refused, and says why', (value, reason) => {
		const attempt = (): unknown => jsonCopy('headers', value, url);
		expect(attempt).toThrow(InvalidOptionError);
		expect(attempt).toThrow(`headers of the request for ${url} must be of what JSON can hold`);
		expect(attempt).toThrow(reason);
	});
});

test('a list of requests is a list', () => {
	for (const sources of [[], new Set(), (async function* () {})()]) {
		expect(() => checkSources('addRequests', sources)).not.toThrow();
	}
	expect(() => checkSources('addRequests', url)).toThrow(`Requests are given as a list: ['${url}'].`);
	for (const [sources, text] of [
		[null, 'null'],
		[{ url }, `{ url: '${url}' }`],
		[5, '5'],
	] as const) {
		expect(() => checkSources('addRequests', sources)).toThrow(
			new InvalidOptionError(`addRequests takes a list of requests, got ${text}.`),
		);
	}
});
