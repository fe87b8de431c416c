import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { InvalidRequestError } from '../../src/errors.ts';
import { StreamBody } from '../../src/request-body/stream-body.ts';
import { rejection, until } from '../support/until.ts';

it('can be opened once', async () => {
	const body = new StreamBody(Readable.from(['a', 'b']));
	expect(body).toMatchObject({ repeatable: false, length: undefined, bytes: undefined, contentType: undefined });
	expect(String(await buffer(body.open()))).toBe('ab');
	expect(() => body.open()).toThrow(InvalidRequestError);
	expect(() => body.open()).toThrow('a stream can be read only once: give a function that returns a new one');
});

it('refuses streams that were read or are being read', async () => {
	const read = Readable.from(['a', 'b']);
	for await (const _ of read) break;
	const begun = Readable.from(['a', 'b']);
	begun.read();
	const locked = new Blob(['a']).stream();
	const reader = locked.getReader();
	const disturbed = new Blob(['a', 'b']).stream();
	const passing = disturbed.getReader();
	await passing.read();
	passing.releaseLock();
	for (const stream of [read, begun, locked, disturbed]) {
		expect(() => new StreamBody(stream)).toThrow('The stream "body" was read or destroyed before, or is being read');
	}
	reader.releaseLock();
});

it('lets a stream fail while its request waits, and tells when it is read', async () => {
	const file = createReadStream('/no/such/file');
	const body = new StreamBody(file);
	await until(() => file.closed);
	expect(await rejection(buffer(body.open()))).toMatchObject({
		name: 'BodySourceError',
		cause: { code: 'ENOENT' },
	});
});
