import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { InvalidRequestError } from '../../src/errors.ts';
import { RepeatedBody } from '../../src/request-body/repeated-body.ts';
import type { BodySource } from '../../src/request-body/source-body.ts';

it('makes its source anew each time, and not before', async () => {
	let made = 0;
	const body = new RepeatedBody(() => Readable.from([`number ${++made}`]));
	expect(body).toMatchObject({ repeatable: true, length: undefined, bytes: undefined, contentType: undefined });
	expect(made).toBe(0);
	for (const text of ['number 1', 'number 2']) expect(String(await buffer(body.open() as Readable))).toBe(text);
});

it('may make bytes as well', () => {
	expect(new RepeatedBody(() => 'text').open()).toBe('text');
});

it('says what is wrong with the function', () => {
	const cause = new Error('no more');
	const throwing = new RepeatedBody(() => {
		throw cause;
	});
	expect(() => throwing.open()).toThrow(InvalidRequestError);
	expect(() => throwing.open()).toThrow(
		expect.objectContaining({ message: 'The function "body" threw: no more', cause }),
	);
	const late = new RepeatedBody((() => Promise.resolve('x')) as unknown as () => BodySource);
	expect(() => late.open()).toThrow(
		'What the function "body" returned is an object of class Promise: wait for it before.',
	);
	const spent = Readable.from(['a']).destroy();
	const same = new RepeatedBody(() => spent);
	expect(() => same.open()).toThrow('was read or destroyed before');
});
