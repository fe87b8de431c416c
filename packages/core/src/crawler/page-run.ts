import type { ProxyInfo, Request, Session } from '../crawlee.ts';
import type { Ticket } from '../lanes/domain-lane.ts';
import { toCrawleeRequest } from '../queue/crawlee-request.ts';
import type { LeasedRequest } from '../store/crawl-store.ts';
import { errorOf } from '../thrown-error.ts';
import type { Page } from './page.ts';
import type { PageTransaction } from './page-transaction.ts';

/** One page on its way. */
export interface PageRun {
	readonly ticket: Ticket;
	readonly request: Request;
	page: Page | undefined;
	transaction: PageTransaction;
	session: Session | undefined;
	proxyInfo: ProxyInfo | undefined;
	/** The crawl ended before the page did: it was given back and leaves nothing behind. */
	isAbandoned: boolean;
}

/** A page at its beginning. */
export function pageRun(ticket: Ticket, request: Request, transaction: PageTransaction): PageRun {
	return {
		ticket,
		request,
		page: undefined,
		transaction,
		session: undefined,
		proxyInfo: undefined,
		isAbandoned: false,
	};
}

/** The request as handlers know it, or why Crawlee does not take it: a GET with a payload, for example. */
export function requestOf(leased: LeasedRequest): Request | Error {
	try {
		const request = toCrawleeRequest(leased);
		// Crawlee's constructor loses it, and without it sessions would be changed for ever.
		request.sessionRotationCount = leased.data?.sessionRotationCount ?? 0;
		return request;
	} catch (error) {
		return errorOf(error);
	}
}
