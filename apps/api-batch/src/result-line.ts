import { AuthError, HttpError, type HttpErrorCode, type HttpResponse } from '@orbweaver/http';
import type { ApiRequest } from './api-request.ts';

/** What is wrong with a line itself, so that no request came of it. */
export type LineErrorCode = 'BAD_LINE' | 'DUPLICATE_ID';

/** Why a line failed. */
export interface ResultError {
	readonly code: HttpErrorCode | LineErrorCode;
	/** One sentence. */
	readonly message: string;
}

/** A request, and by what it is known. */
export interface KnownRequest {
	readonly request: ApiRequest;
	/** Its id or its content, as `RequestIdentities` gives it. */
	readonly key: string;
}

/** How a request went. */
export interface Effort {
	/** How often it was sent: tries, redirects, and once more after a 401. 0: nothing of it ever reached the network. */
	readonly attempts: number;
	/** From the moment it was first sent to the end of its answer, so without the wait for its turn. */
	readonly ms: number;
}

/** What became of a request. */
export type Outcome = { readonly response: HttpResponse } | { readonly error: unknown };

/** What a request comes to. */
export interface Result {
	/** A line of the results, without its end. */
	readonly json: string;
	/** Undefined when it succeeded. */
	readonly error: ResultError | undefined;
	/** Undefined when there was no answer. */
	readonly status?: number;
}

/** The result of a request. Any status from 400 is a failure. */
export async function resultOf(known: KnownRequest, outcome: Outcome, { attempts, ms }: Effort): Promise<Result> {
	const { request, key } = known;
	const { line, method } = request;
	const name = request.id === undefined ? { id: line, key } : { id: request.id };
	const effort = { attempts, ms: Math.round(ms * 10) / 10 };
	if ('error' in outcome) {
		const error = { code: codeOf(outcome.error), message: messageOf(outcome.error) };
		const url = (outcome.error instanceof HttpError && outcome.error.url) || request.url;
		return { json: join({ ...name, line, method, url, ok: false }, '', { error, ...effort }), error };
	}
	const { status, statusText, url } = outcome.response;
	const error = status < 400 ? undefined : statusError(`${method} ${url} answered ${status} ${statusText}`.trimEnd());
	const body = await bodyOf(outcome.response);
	const facts = { ...name, line, method, url, ok: error === undefined, status };
	return { json: join(facts, body, { ...(error !== undefined && { error }), ...effort }), error, status };
}

/** The result of a line that no request came of. */
export function lineResultOf(id: string | number, line: number, error: ResultError): string {
	return JSON.stringify({ id, line, ok: false, error });
}

/** A JSON body goes in as it came, only on one line: parsing it would round its large numbers. */
async function bodyOf(response: HttpResponse): Promise<string> {
	const text = await response.text();
	if (text === '') return '';
	const type = response.header('content-type') ?? '';
	if (/^[^;]*[/+]json\s*(;|$)/i.test(type) && isJson(text)) return `"json":${text.trim().replace(/[\r\n]+/g, ' ')}`;
	return `"text":${JSON.stringify(text)}`;
}

function isJson(text: string): boolean {
	try {
		JSON.parse(text);
		return true;
	} catch {
		return false;
	}
}

/** One object of the members of all three. */
function join(before: object, member: string, after: object): string {
	const parts = [JSON.stringify(before).slice(1, -1), member, JSON.stringify(after).slice(1, -1)];
	return `{${parts.filter((part) => part !== '').join(',')}}`;
}

function statusError(message: string): ResultError {
	return { code: 'ORB_HTTP_STATUS', message };
}

/** The client's errors are all its own; what else is thrown is a mistake of ours and ends the run. */
function codeOf(error: unknown): HttpErrorCode {
	if (error instanceof HttpError) return error.code;
	throw error;
}

function messageOf(error: unknown): string {
	// "No token" helps nobody who does not hear why.
	const told = error instanceof AuthError && error.cause instanceof Error ? error.cause : error;
	return told instanceof Error ? told.message : String(told);
}
