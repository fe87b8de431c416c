import type { RequestHeaders } from '@orbweaver/http';

/** A query value as JSON has it. */
export type QueryValue = string | number | boolean | null | readonly (string | number | boolean)[];

/** One request of the input. */
export interface ApiRequest {
	/** Its own; a request without one is known by what it sends. */
	readonly id?: string | number;
	/** From 1. */
	readonly line: number;
	readonly method: string;
	/** Absolute; without `query`. */
	readonly url: string;
	readonly query?: Readonly<Record<string, QueryValue>>;
	readonly headers: RequestHeaders;
	/** A list of one value, because `null` is a value. */
	readonly json?: readonly [unknown];
}
