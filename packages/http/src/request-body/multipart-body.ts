import { randomBytes } from 'node:crypto';
import { BlobBody } from './blob-body.ts';
import { entriesOf, type Fields, textOf } from './fields.ts';
import { MemoryBody } from './memory-body.ts';
import type { RequestBody } from './request-body.ts';

/** The fields of a form with files. */
export type MultipartFields = Fields<string | number | boolean | Blob>;

/**
 * Fields and files as `multipart/form-data` (RFC 7578), written as the HTML Standard §4.10.21.8 says.
 *
 * The parts are put together in one Blob, which refers to files and other Blobs and does not read them. So the length is
 * known, the body can be sent again, and files are streamed; and any FormData will do, of whichever implementation.
 *
 * @throws InvalidRequestError for a value that is neither text nor a Blob.
 */
export function multipartBody(multipart: FormData | MultipartFields): RequestBody {
	const entries = isFormData(multipart)
		? [...multipart]
		: entriesOf('multipart', multipart, textOrBlob, 'a string, a number, a boolean, a Blob, a File');
	const boundary = `----orbweaver-${randomBytes(16).toString('hex')}`;
	const parts: (string | Blob)[] = [];
	for (const [name, value] of entries) parts.push(...partOf(boundary, name, value));
	parts.push(`--${boundary}--\r\n`);
	const contentType = `multipart/form-data; boundary=${boundary}`;
	return parts.some(isBlob) ? new BlobBody(new Blob(parts), contentType) : new MemoryBody(parts.join(''), contentType);
}

function partOf(boundary: string, name: string, value: string | Blob): (string | Blob)[] {
	const head = `--${boundary}\r\nContent-Disposition: form-data; name="${escapeQuoted(withCrLf(name))}"`;
	if (typeof value === 'string') return [`${head}\r\n\r\n${withCrLf(value)}\r\n`];
	const fileName = value instanceof File ? value.name : 'blob';
	const type = value.type || 'application/octet-stream';
	return [`${head}; filename="${escapeQuoted(fileName)}"\r\nContent-Type: ${type}\r\n\r\n`, value, '\r\n'];
}

/** So no name can end its quotes, let alone its header. */
function escapeQuoted(text: string): string {
	return text.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22');
}

function withCrLf(text: string): string {
	return text.replace(/\r\n|\r|\n/g, '\r\n');
}

function isFormData(value: object): value is FormData {
	return Object.prototype.toString.call(value) === '[object FormData]';
}

function textOrBlob(value: unknown): string | Blob | undefined {
	return isBlob(value) ? value : textOf(value);
}

function isBlob(value: unknown): value is Blob {
	return value instanceof Blob;
}
