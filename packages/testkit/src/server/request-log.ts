import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** One request as the server saw it. Times are `performance.now()` milliseconds of the server's process. */
export interface LoggedRequest {
	readonly method: string;
	/** The request target as sent: path and query. */
	readonly url: string;
	/** The `Host` header, with the port; empty if the client sent none. */
	readonly host: string;
	/** When the request line and headers had arrived. */
	readonly at: number;
	/** When the response was handed to the system in full, or its connection closed. Absent while in flight. */
	readonly endedAt?: number;
	/** The response's status; 0 while in flight, and for good if no response head was ever sent. */
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	/** How many requests the server had in flight when this one arrived, itself included. */
	readonly inFlight: number;
}

/** Which requests to look at: a path (its query counts only if given), or a predicate. All of them by default. */
export type LogFilter = string | ((request: LoggedRequest) => boolean);

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * What a server was asked, in order of arrival. It is the oracle for politeness: a crawler may believe that it kept
 * its limits, the log knows.
 */
export class RequestLog {
	readonly #requests: Mutable<LoggedRequest>[] = [];
	/** Arrivals (+1) and ends (-1) in the order they happened, because equal timestamps would lose that order. */
	readonly #changes: { readonly request: LoggedRequest; readonly step: 1 | -1 }[] = [];
	#inFlight = 0;

	/** Every request so far, in order of arrival. */
	get requests(): readonly LoggedRequest[] {
		return this.#requests;
	}

	/** How many requests are being answered now. */
	get inFlight(): number {
		return this.#inFlight;
	}

	/** Notes an arrival; call the returned function once with the final status when its response is over. */
	begin(message: IncomingMessage): (status: number) => void {
		this.#inFlight += 1;
		const request: Mutable<LoggedRequest> = {
			method: message.method ?? '',
			url: message.url ?? '',
			host: message.headers.host ?? '',
			at: performance.now(),
			status: 0,
			headers: message.headers,
			inFlight: this.#inFlight,
		};
		this.#requests.push(request);
		this.#changes.push({ request, step: 1 });
		return (status) => {
			this.#inFlight -= 1;
			request.endedAt = performance.now();
			request.status = status;
			this.#changes.push({ request, step: -1 });
		};
	}

	/** The requests that match. */
	select(filter?: LogFilter): LoggedRequest[] {
		return this.#requests.filter(toPredicate(filter));
	}

	/** How many requests match. */
	hits(filter?: LogFilter): number {
		return this.select(filter).length;
	}

	/** How often each URL was asked for, or each value of `key`: `counts((request) => request.host)`. */
	counts(key: (request: LoggedRequest) => string = (request) => request.url): Map<string, number> {
		const counts = new Map<string, number>();
		for (const request of this.#requests) counts.set(key(request), (counts.get(key(request)) ?? 0) + 1);
		return counts;
	}

	/** The most matching requests that were in flight at one moment. */
	maxInFlight(filter?: LogFilter): number {
		const matches = toPredicate(filter);
		let now = 0;
		let most = 0;
		for (const { request, step } of this.#changes) {
			if (!matches(request)) continue;
			now += step;
			most = Math.max(most, now);
		}
		return most;
	}

	/** The least time between the arrivals of two matching requests, in milliseconds; Infinity with fewer than two. */
	minGapMs(filter?: LogFilter): number {
		const arrivals = this.select(filter).map((request) => request.at);
		return arrivals.reduce(
			(least, at, i) => Math.min(least, at - (arrivals[i - 1] ?? Number.NEGATIVE_INFINITY)),
			Infinity,
		);
	}

	/** The distinct `User-Agent` headers, in order of appearance; an empty string stands for a missing one. */
	userAgents(): string[] {
		return [...new Set(this.#requests.map((request) => request.headers['user-agent'] ?? ''))];
	}
}

function toPredicate(filter: LogFilter | undefined): (request: LoggedRequest) => boolean {
	if (filter === undefined) return () => true;
	if (typeof filter === 'function') return filter;
	if (filter.includes('?')) return (request) => request.url === filter;
	return (request) => request.url.split('?', 1)[0] === filter;
}
