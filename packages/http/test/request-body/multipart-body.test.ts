import { openAsBlob } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { InvalidRequestError } from '../../src/errors.ts';
import { type MultipartFields, multipartBody } from '../../src/request-body/multipart-body.ts';
import type { RequestBody } from '../../src/request-body/request-body.ts';

async function bytesOf(body: RequestBody): Promise<Buffer> {
	const opened = body.open();
	return opened instanceof Readable ? await buffer(opened) : Buffer.from(opened as string);
}

/** What Node's own parser makes of it. */
async function parse(body: RequestBody): Promise<FormData> {
	const headers = { 'content-type': body.contentType ?? '' };
	return await new Response(await bytesOf(body), { headers }).formData();
}

/** How the platform writes the same form, with our boundary. */
async function platformWrites(form: FormData, body: RequestBody): Promise<string> {
	const response = new Response(form);
	const [theirs, ours] = [response.headers.get('content-type'), body.contentType].map(
		(type) => type?.split('boundary=')[1],
	);
	if (theirs === undefined || ours === undefined) throw new Error('There is no boundary.');
	return (await response.text()).replaceAll(theirs, ours);
}

describe('writes', () => {
	it('what the platform writes, byte for byte', async () => {
		const form = new FormData();
		form.append('text', 'zwölf\nBoxkämpfer\r\njagen\rViktor');
		form.append('quo"ted\r\nname\n', 'x');
		form.append('file', new File(['a\nb'], 'Ł "x" 😀.txt', { type: 'text/plain' }));
		form.append('blob', new Blob([new Uint8Array([0, 255, 10, 13])]));
		form.append('empty', new File([], 'empty.txt'));
		const body = multipartBody(form);
		expect((await bytesOf(body)).toString()).toBe(await platformWrites(form, body));
	});

	it('new lines in file names escaped but not doubled, as the standard says', async () => {
		const body = multipartBody({ f: new File([], 'a\nb\rc"') });
		expect(String(await bytesOf(body))).toContain('filename="a%0Ab%0Dc%22"\r\n');
	});

	it('a file without a name as a file all the same, which the platform does not', async () => {
		expect(String(await bytesOf(multipartBody({ f: new File(['x'], '') })))).toContain('name="f"; filename=""\r\n');
	});

	it('records in their order, lists as several parts, and leaves out what is not there', async () => {
		const fields = { n: 1, yes: true, none: undefined, nothing: null, list: ['a', new Blob(['b'])], last: 'x' };
		const entries = [...(await parse(multipartBody(fields)))];
		expect(entries.map(([name, value]) => [name, typeof value === 'string' ? value : value.name])).toEqual([
			['n', '1'],
			['yes', 'true'],
			['list', 'a'],
			['list', 'blob'],
			['last', 'x'],
		]);
	});

	it('an empty form', async () => {
		expect([...(await parse(multipartBody({ none: null })))]).toEqual([]);
	});
});

it('comes back as it was, its length is right, and it can be sent again', async () => {
	const text = fc.string({ unit: 'grapheme' }).map((it) => it.toWellFormed());
	const line = text.map((it) => it.replace(/[\r\n]/g, ' '));
	const file = fc.record({ bytes: fc.uint8Array({ maxLength: 2_000 }), name: line });
	const entry = fc.tuple(line, fc.oneof(line, file));
	await fc.assert(
		fc.asyncProperty(fc.array(entry, { maxLength: 8 }), async (entries) => {
			const form = new FormData();
			for (const [name, value] of entries) {
				if (typeof value === 'string') form.append(name, value);
				else form.append(name, new File([value.bytes.slice()], value.name));
			}
			const body = multipartBody(form);
			const first = await bytesOf(body);
			expect(first.length).toBe(body.length);
			expect((await bytesOf(body)).equals(first)).toBe(true);
			const parsed = [...(await parse(body))];
			expect(parsed.map(([name]) => name)).toEqual(entries.map(([name]) => name));
			for (const [i, [, value]] of entries.entries()) {
				const found = parsed[i]?.[1];
				if (typeof value === 'string') expect(found).toBe(value);
				else {
					if (!(found instanceof File)) throw new Error(`Part ${i} is no file.`);
					expect(found.name).toBe(value.name);
					expect(new Uint8Array(await found.arrayBuffer())).toEqual(value.bytes);
				}
			}
		}),
	);
});

it('has another boundary each time, and the same when it is sent again', () => {
	const [one, other] = [multipartBody({}), multipartBody({})];
	expect(one.contentType).toMatch(/^multipart\/form-data; boundary=----orbweaver-[0-9a-f]{32}$/);
	expect(one.contentType).not.toBe(other.contentType);
	expect(one.open()).toBe(one.open());
});

it('says when a file was changed after it was opened', async () => {
	const directory = await mkdtemp(join(tmpdir(), 'orbweaver-multipart-'));
	onTestFinished(() => rm(directory, { recursive: true }));
	const path = join(directory, 'file.bin');
	await writeFile(path, 'first');
	const body = multipartBody({ file: await openAsBlob(path) });
	await writeFile(path, 'something longer');
	await expect(bytesOf(body)).rejects.toMatchObject({ name: 'BodySourceError', cause: { name: 'NotReadableError' } });
});

it.each<[unknown, string]>([
	[
		{ file: new Uint8Array(3) },
		'multipart.file is an object of class Uint8Array: give a string, a number, a boolean, a Blob, a File or a list of these.',
	],
	[{ a: ['x', { b: 1 }] }, 'multipart.a is an object of class Object: give'],
	[new URLSearchParams(), 'multipart is an object of class URLSearchParams: give an object of names and values.'],
	['x', 'multipart is of type string: give an object of names and values.'],
])('refuses %o', (multipart, message) => {
	expect(() => multipartBody(multipart as MultipartFields)).toThrow(InvalidRequestError);
	expect(() => multipartBody(multipart as MultipartFields)).toThrow(message);
});
