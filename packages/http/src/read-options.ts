import { InvalidRequestError } from './errors.ts';
import { REQUEST_OPTION_NAMES, type RequestOptions } from './request-options.ts';
import type { ResponseHeaders } from './response-headers.ts';

/** What is known of a response before its body. */
export interface ResponseHead {
	readonly status: number;
	readonly headers: ResponseHeaders;
	/** The URL that answered, without credentials. */
	readonly url: string;
}

/** How to ask for one URL and read all of its answer; what is absent comes from the client. */
export interface ReadOptions extends RequestOptions {
	/** Default `GET`. */
	readonly method?: string;
	/**
	 * What becomes of a body over `maxBodyBytes`: an `error`, or `truncate`, its first `maxBodyBytes` bytes. One with
	 * several content codings is an error all the same. Default `error`.
	 */
	readonly overflow?: 'error' | 'truncate';
	/** Called with the final response's head; `discard` gives up the body at once. */
	readonly onHead?: (head: ResponseHead) => 'read' | 'discard';
}

/** The names of {@link ReadOptions}. */
export const READ_OPTION_NAMES: readonly string[] = [...REQUEST_OPTION_NAMES, 'method', 'overflow', 'onHead'];

/** @throws InvalidRequestError for another value than the two. */
export function checkedOverflow(overflow: ReadOptions['overflow'] = 'error'): 'error' | 'truncate' {
	if (overflow === 'error' || overflow === 'truncate') return overflow;
	throw new InvalidRequestError(`overflow is ${JSON.stringify(overflow)}: give "error" or "truncate".`);
}
