import { expect, test } from 'vitest';
import { InvalidOptionError } from '../../src/errors.ts';
import { checkSource, storable } from '../../src/queue/check-source.ts';

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

test('storable gives back what JSON can hold, and keeps the cause otherwise', () => {
	const data = { userData: { a: [1] } };
	expect(storable(data, url)).toBe(data);
	expect(() => storable({ userData: { a: 1n } }, url)).toThrow(
		expect.objectContaining({ code: 'ORB_INVALID_OPTION', cause: expect.any(TypeError) }),
	);
});
