import { describe, expect, it } from 'vitest';
import { InvalidRequestError } from '../../src/errors.ts';
import { type BodyOptions, makeBody } from '../../src/request-body/make-body.ts';

it('is no body where none is asked for', () => {
	expect(makeBody({})).toBeUndefined();
	expect(makeBody({ body: undefined, form: undefined } as unknown as BodyOptions)).toBeUndefined();
});

it.each<[BodyOptions, string | undefined, string]>([
	[{ json: { a: [1, null] } }, 'application/json', '{"a":[1,null]}'],
	[{ json: null }, 'application/json', 'null'],
	[{ form: { a: 1 } }, 'application/x-www-form-urlencoded', 'a=1'],
	[{ body: 'zwölf' }, 'text/plain;charset=UTF-8', 'zwölf'],
	[{ body: '' }, 'text/plain;charset=UTF-8', ''],
])('%o', (options, contentType, text) => {
	const body = makeBody(options);
	expect(body).toMatchObject({ contentType, length: Buffer.byteLength(text), repeatable: true, bytes: text });
	expect(body?.open()).toBe(text);
	expect(body?.open()).toBe(text);
});

describe('refuses', () => {
	it.each<[BodyOptions, string]>([
		[{ json: {}, form: {} }, 'json and form are given: a request has one body, so give one of them.'],
		[{ json: undefined, body: 'x' }, 'json and body are given: a request has one body, so give one of them.'],
		[{ form: {}, multipart: {}, body: '' }, 'form and multipart and body are given: a request has one body'],
	])('several: %o', (options, message) => {
		expect(() => makeBody(options)).toThrow(InvalidRequestError);
		expect(() => makeBody(options)).toThrow(message);
	});

	it('json that is undefined, as a forgotten value is', () => {
		expect(() => makeBody({ json: undefined })).toThrow('json is undefined, which JSON cannot express');
	});
});
