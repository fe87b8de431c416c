import { expect, it } from 'vitest';
import { InvalidRequestError } from '../../src/errors.ts';
import { jsonBody } from '../../src/request-body/json-body.ts';

it('is what JSON.stringify makes of a value', () => {
	const value = { name: 'Ł😀', nested: [true, { date: new Date(0) }], left: undefined };
	const body = jsonBody(value);
	expect(body.bytes).toBe(JSON.stringify(value));
	expect(body.length).toBe(Buffer.byteLength(JSON.stringify(value)));
	expect(body).toMatchObject({ contentType: 'application/json', repeatable: true });
});

const cycle: Record<string, unknown> = {};
cycle.self = cycle;

it.each([
	['a cycle', cycle, /^json cannot be written as JSON: Converting circular structure to JSON\.$/],
	['a BigInt', { amount: 1n }, /^json cannot be written as JSON: .*BigInt\.$/],
	[
		'undefined',
		undefined,
		/^json is undefined, which JSON cannot express: give another value, null, or leave json out\.$/,
	],
	['a function', () => 1, /^json is of type function, which JSON cannot express/],
])('refuses %s', (_, value, message) => {
	expect(() => jsonBody(value)).toThrow(InvalidRequestError);
	expect(() => jsonBody(value)).toThrow(message);
});

it('keeps what a toJSON threw as the cause', () => {
	const cause = new Error('not ready');
	const value = {
		toJSON(): never {
			throw cause;
		},
	};
	expect(() => jsonBody(value)).toThrow(expect.objectContaining({ cause }));
});
