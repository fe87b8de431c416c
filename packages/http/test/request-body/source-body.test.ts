import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { InvalidRequestError } from '../../src/errors.ts';
import { type BodySource, sourceBody } from '../../src/request-body/source-body.ts';

async function* generated(): AsyncGenerator<string> {
	yield 'by';
	yield 'tes';
}

const blob = new Blob(['by', 'tes'], { type: 'image/png' });

it.each<[string, () => BodySource, object]>([
	['a string', () => 'bytes', { length: 5, repeatable: true, contentType: 'text/plain;charset=UTF-8' }],
	['a Buffer', () => Buffer.from('bytes'), { length: 5, repeatable: true, contentType: undefined }],
	['an ArrayBuffer', () => new TextEncoder().encode('bytes').buffer, { length: 5, repeatable: true }],
	['a Blob', () => blob, { length: 5, repeatable: true, contentType: 'image/png', bytes: undefined }],
	['a Blob without a type', () => new Blob(['bytes']), { length: 5, contentType: undefined }],
	['an empty Blob', () => new Blob([]), { length: 0, repeatable: true }],
	['a Node stream', () => Readable.from(['bytes']), { length: undefined, repeatable: false }],
	['a web stream', () => blob.stream(), { length: undefined, repeatable: false }],
	['an async iterable', generated, { length: undefined, repeatable: false }],
])('%s', async (_, make, facts) => {
	const body = sourceBody('body', make());
	expect(body).toMatchObject(facts);
	const opened = body.open();
	const sent = opened instanceof Readable ? await buffer(opened) : Buffer.from(opened as string);
	expect(String(sent)).toBe(body.length === 0 ? '' : 'bytes');
});

it('a Blob can be opened again', async () => {
	const body = sourceBody('body', blob);
	for (let time = 0; time < 2; time++) expect(String(await buffer(body.open() as Readable))).toBe('bytes');
});

it.each<[unknown, string]>([
	[7, 'body is of type number: give a string, bytes, a Blob, a stream, an async iterable, or a function'],
	[null, 'body is null: give'],
	[{ a: 1 }, 'body is an object of class Object: give'],
	[['a'], 'body is an object of class Array: give'],
	[new URLSearchParams(), 'body is an object of class URLSearchParams: give it as the option "form".'],
	[new FormData(), 'body is an object of class FormData: give it as the option "multipart".'],
	[Promise.resolve('x'), 'body is an object of class Promise: wait for it before.'],
])('refuses %o', (source, message) => {
	expect(() => sourceBody('body', source as BodySource)).toThrow(InvalidRequestError);
	expect(() => sourceBody('body', source as BodySource)).toThrow(message);
});
