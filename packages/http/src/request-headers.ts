import { InvalidRequestError } from './errors.ts';
import { isRecord, kindOf } from './kind-of.ts';

/** Header names, in any case, to a value or a list of values. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[]>>;

/** Names and values in turn, names in lower case: the shape that undici takes with the least work. */
export type HeaderList = string[];

/**
 * `base` with the names in `overrides` replaced.
 *
 * @throws InvalidRequestError when a value is neither a string nor a list of strings, when no header can carry it, or
 * when the header is one of the connection.
 */
export function mergeHeaders(base: HeaderList, overrides: RequestHeaders | undefined): HeaderList {
	if (overrides === undefined) return base;
	if (!isRecord(overrides)) {
		throw new InvalidRequestError(`headers is ${kindOf(overrides)}: give an object of names and values.`);
	}
	const names = new Set<string>();
	const added: string[] = [];
	for (const [name, value] of Object.entries(overrides)) {
		const lowerCase = name.toLowerCase();
		names.add(lowerCase);
		for (const item of typeof value === 'string' ? [value] : valuesOf(name, value)) {
			requireSendable(name, item);
			refuseOneHop(name, item);
			refuseWrongSingle(name, item, typeof value !== 'string' && value.length > 1);
			added.push(lowerCase, item);
		}
	}
	const merged = keepHeaders(base, (name) => !names.has(name));
	merged.push(...added);
	return merged;
}

/** RFC 9110 §5.1 and §5.5. */
const NAME = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/;
const VALUE = /^[\t\x20-\x7e\x80-\xff]*$/;

/**
 * The value is not shown: it may be a secret.
 *
 * @throws InvalidRequestError when a header cannot have this name or this value.
 */
export function requireSendable(name: string, value: unknown): void {
	if (!NAME.test(name)) {
		throw new InvalidRequestError(
			`A header cannot be called ${JSON.stringify(name)}: give letters, digits and hyphens.`,
		);
	}
	if (typeof value === 'string' && VALUE.test(value)) return;
	throw new InvalidRequestError(
		`The header "${name}" has a value that cannot be sent: give a string without line ends, in Latin-1.`,
	);
}

/** Between two hops only, and so for the client to say. Over HTTP/2 they would cost the whole connection (RFC 9113 §8.2.2). */
const ONE_HOP: ReadonlySet<string> = new Set([
	'http2-settings',
	'keep-alive',
	'proxy-connection',
	'te',
	'transfer-encoding',
	'upgrade',
]);

function refuseOneHop(name: string, value: string): void {
	const lowerCase = name.toLowerCase();
	if (!ONE_HOP.has(lowerCase) || (lowerCase === 'te' && value.trim().toLowerCase() === 'trailers')) return;
	throw new InvalidRequestError(`The header "${name}" is about the connection, not the request: leave it out.`);
}

/** Those that a request has once, and one that it has not: servers that read them differently can be made to disagree. */
function refuseWrongSingle(name: string, value: string, isRepeated: boolean): void {
	const lowerCase = name.toLowerCase();
	if (lowerCase === 'expect') {
		throw new InvalidRequestError(`The header "${name}" is not supported: leave it out, the body is sent at once.`);
	}
	if (lowerCase !== 'content-length' && lowerCase !== 'host') return;
	if (isRepeated) throw new InvalidRequestError(`The header "${name}" has several values: give one.`);
	if (lowerCase === 'host' || /^\d{1,15}$/.test(value)) return;
	throw new InvalidRequestError(`The header "${name}" is "${value}": give the number of bytes, or leave it out.`);
}

/** The headers whose name passes `keep`. */
export function keepHeaders(headers: HeaderList, keep: (name: string) => boolean): string[] {
	const kept: string[] = [];
	for (let i = 0; i < headers.length; i += 2) {
		const name = headers[i] ?? '';
		if (keep(name)) kept.push(name, headers[i + 1] ?? '');
	}
	return kept;
}

/** Whether `name`, in lower case, is among `headers`. */
export function hasHeader(headers: HeaderList, name: string): boolean {
	for (let i = 0; i < headers.length; i += 2) if (headers[i] === name) return true;
	return false;
}

function valuesOf(name: string, value: unknown): readonly string[] {
	if (Array.isArray(value) && value.every((item) => typeof item === 'string')) return value;
	throw new InvalidRequestError(
		`The header "${name}" has a value of type ${typeof value}: give a string or a list of strings.`,
	);
}
