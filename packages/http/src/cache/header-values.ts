import type { HeaderList } from '../request-headers.ts';
import type { ResponseHeaders } from '../response-headers.ts';

/** All values of a request header as the one list they stand for (RFC 9110 §5.3); `undefined` when it is absent. */
export function requestValue(headers: HeaderList, name: string): string | undefined {
	let joined: string | undefined;
	for (let i = 0; i < headers.length; i += 2) {
		if (headers[i] === name) joined = joined === undefined ? headers[i + 1] : `${joined}, ${headers[i + 1]}`;
	}
	return joined;
}

/** The same of a response header. */
export function responseValue(headers: ResponseHeaders, name: string): string | undefined {
	const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
	return Array.isArray(value) ? value.join(', ') : value;
}
