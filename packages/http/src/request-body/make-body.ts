import { InvalidRequestError } from '../errors.ts';
import { type FormFields, formBody } from './form-body.ts';
import { jsonBody } from './json-body.ts';
import { type MultipartFields, multipartBody } from './multipart-body.ts';
import { RepeatedBody } from './repeated-body.ts';
import type { RequestBody } from './request-body.ts';
import { type BodySource, sourceBody } from './source-body.ts';

/** The body of a request, in one of four ways. */
export interface BodyOptions {
	/** A value to be sent as JSON. */
	readonly json?: unknown;
	/** Fields to be sent as a form without files: an object of names and values, or URLSearchParams. */
	readonly form?: FormFields | URLSearchParams;
	/**
	 * Fields and files to be sent as `multipart/form-data`: an object of names and values, or a FormData. Files that
	 * `fs.openAsBlob` gave are streamed from disk.
	 */
	readonly multipart?: FormData | MultipartFields;
	/**
	 * The bytes themselves. A stream or an async iterable can be sent once only, so its request is not tried again and does
	 * not follow redirects that repeat it; a function that returns a new one each time lifts that. Content types as in
	 * the Fetch Standard: plain text for a string, that of a Blob, none for the others.
	 */
	readonly body?: BodySource | (() => BodySource);
}

/**
 * The body that `options` ask for, if any.
 *
 * @throws InvalidRequestError when there are two, or when one cannot be sent.
 */
export function makeBody(options: BodyOptions): RequestBody | undefined {
	const { json, form, multipart, body } = options;
	const given: string[] = [];
	if (json !== undefined || Object.hasOwn(options, 'json')) given.push('json');
	if (form !== undefined) given.push('form');
	if (multipart !== undefined) given.push('multipart');
	if (body !== undefined) given.push('body');
	if (given.length > 1) {
		throw new InvalidRequestError(`${given.join(' and ')} are given: a request has one body, so give one of them.`);
	}
	if (form !== undefined) return formBody(form);
	if (multipart !== undefined) return multipartBody(multipart);
	if (typeof body === 'function') return new RepeatedBody(body);
	if (body !== undefined) return sourceBody('body', body);
	return given.length === 0 ? undefined : jsonBody(json);
}
