import type { HttpClient } from '@orbweaver/http';
import type { UrlResolver } from '@orbweaver/parser';
import {
	CriticalError,
	type Log,
	type ProxyConfiguration,
	RequestState,
	type Session,
	SessionError,
	type SessionPool,
} from '../crawlee.ts';
import type { Ticket } from '../lanes/domain-lane.ts';
import { toNewRequest } from '../queue/new-request.ts';
import type { RequestQueue } from '../queue/request-queue.ts';
import { decideRetry } from '../retry/retry.ts';
import { writingFor } from '../storage/page-writes.ts';
import type { LeasedRequest, PageOutcome } from '../store/crawl-store.ts';
import type { ResolvedOptions } from './crawler-options.ts';
import type { CrawlerContext } from './crawling-context.ts';
import { messageOf } from './error-message.ts';
import { type Fetched, fetchPage } from './fetch-page.ts';
import type { Page } from './page.ts';
import { type PageRun, pageRun, requestOf } from './page-run.ts';
import type { PageStatistics } from './page-statistics.ts';
import type { PageTransaction } from './page-transaction.ts';
import { decideRedirect } from './redirects.ts';
import { withTimeout } from './with-timeout.ts';

/** What the crawler lends to the running of its pages. */
export interface PageRunnerParts {
	readonly queue: RequestQueue;
	readonly client: HttpClient;
	readonly resolver: UrlResolver;
	readonly options: ResolvedOptions;
	readonly statistics: PageStatistics;
	readonly log: Log;
	readonly sessionPool: SessionPool | undefined;
	readonly proxyConfiguration: ProxyConfiguration | undefined;
	readonly maxRequestRetries: number;
	readonly handlerTimeoutMs: number;
	handler(context: CrawlerContext): unknown;
	errorHandler(context: CrawlerContext, error: Error): unknown;
	failedRequestHandler(context: CrawlerContext, error: Error): unknown;
	context(run: PageRun): CrawlerContext;
	/** A transaction with nothing in it. */
	transaction(request: LeasedRequest): PageTransaction;
	skipped(what: { url: string; reason: 'redirect' }): void;
}

/** Takes one request from its lane to its commit: fetch, handler, and what follows from an error. */
export class PageRunner {
	readonly #parts: PageRunnerParts;
	readonly #runs = new Set<PageRun>();

	constructor(parts: PageRunnerParts) {
		this.#parts = parts;
	}

	/** How many pages are being worked on. */
	get running(): number {
		return this.#runs.size;
	}

	/** @throws only what must end the crawl: a `CriticalError`, an error of the user's error handlers, a lost storage. */
	async run(ticket: Ticket): Promise<void> {
		const request = requestOf(ticket.request);
		if (request instanceof Error) {
			await this.#refuse(ticket, request);
			return;
		}
		const run = pageRun(ticket, request, this.#parts.transaction(ticket.request));
		this.#runs.add(run);
		this.#parts.statistics.started(request);
		try {
			const fetched = await this.#fetch(run);
			if (fetched?.kind === 'redirect') await this.#redirected(run, fetched);
			else await this.#handle(run, fetched?.page);
		} catch (error) {
			await this.#failed(run, error instanceof Error ? error : new Error(String(error)));
		}
		// Not after an error: then the page is still owed to the queue.
		this.#runs.delete(run);
	}

	/**
	 * Ends the work. Pages that are still being worked on are given back to the queue; their handlers may go on, but
	 * leave nothing behind.
	 *
	 * @throws StorageError when a page that was done could not be stored.
	 */
	async end(): Promise<void> {
		const { queue } = this.#parts;
		const left = [...this.#runs];
		this.#runs.clear();
		for (const run of left) {
			run.isAbandoned = true;
			run.transaction.rollBack();
		}
		await Promise.all(left.map(({ ticket }) => queue.giveBack(ticket)));
		// The store keeps its order: when this is done, so is every page before it.
		await queue.store.release([]);
	}

	/** A request that cannot even be made fails; otherwise it would end this run and every later one. */
	async #refuse(ticket: Ticket, { message }: Error): Promise<void> {
		const { id, url, retryCount } = ticket.request;
		const error = `${url} is no request that can be made: ${message}`;
		this.#parts.log.error(error);
		const outcome = { status: 'failed', error } as const;
		await this.#parts.queue.commitSoon(ticket, { id, retryCount, outcome, requests: [], items: [] });
	}

	async #fetch(run: PageRun): Promise<Fetched | undefined> {
		const { queue, sessionPool, proxyConfiguration, client, resolver, options, statistics } = this.#parts;
		const { ticket, request } = run;
		const refusal = queue.refusalOf(ticket);
		if (refusal !== undefined) throw refusal;
		run.session = await sessionOf(sessionPool, ticket.request.data?.sessionId);
		run.proxyInfo = await proxyConfiguration?.newProxyInfo(run.session?.id, { request });
		if (request.skipNavigation) return undefined;
		const fetched = await fetchPage(ticket.request, request, {
			client,
			resolver,
			options,
			session: run.session,
			proxyInfo: run.proxyInfo,
			sent: () => ticket.lane.sent(ticket),
			answered: (signal) => queue.answered(ticket, signal),
			statusCode: (status) => statistics.statusCode(status),
		});
		if (fetched.kind === 'page') request.loadedUrl = fetched.page.url;
		return fetched;
	}

	async #handle(run: PageRun, page: Page | undefined): Promise<void> {
		const { request, transaction } = run;
		run.page = page;
		request.state = RequestState.REQUEST_HANDLER;
		const { handlerTimeoutMs } = this.#parts;
		const context = this.#parts.context(run);
		await withTimeout(
			async () => {
				await writingFor(transaction, () => this.#parts.handler(context));
				await transaction.idle();
			},
			handlerTimeoutMs,
			() => {
				return `The handler of ${request.url} did not end within ${handlerTimeoutMs / 1_000} seconds (requestHandlerTimeoutSecs).`;
			},
		);
		const outcome = {
			status: 'handled',
			loadedUrl: differing(page?.url, run),
			httpStatus: page?.response.statusCode,
		} as const;
		await this.#commit(run, outcome, transaction);
		if (run.isAbandoned) return;
		request.state = RequestState.DONE;
		this.#parts.statistics.finished(request);
		run.session?.markGood();
	}

	async #redirected(run: PageRun, fetched: Fetched & { kind: 'redirect' }): Promise<void> {
		const { options, statistics } = this.#parts;
		const { ticket, request, session } = run;
		const { target, status } = fetched;
		const decision = decideRedirect(ticket.request, request, target, {
			maxRedirects: options.maxRedirects,
			hasNewCookie: session !== undefined && fetched.setsCookie,
			sessionId: session?.id,
			keys: this.#parts.queue.keys,
		});
		statistics.forget(request);
		const redirected = { status: 'redirected', loadedUrl: target.url, httpStatus: status } as const;
		if (decision.kind === 'again') {
			const { retryCount } = request;
			await this.#commit(run, { status: 'delayed', notBefore: Date.now(), retryCount, error: '', data: decision.data });
			return;
		}
		const transaction = this.#parts.transaction(ticket.request);
		if (decision.kind === 'follow') transaction.addRequest(decision.next);
		await this.#commit(run, redirected, transaction);
		if (decision.kind === 'skip') this.#parts.skipped({ url: request.url, reason: 'redirect' });
	}

	async #failed(run: PageRun, error: Error): Promise<void> {
		if (run.isAbandoned) return;
		const { request, session } = run;
		// The next handlers get a clean sheet: what the failed one pushed is gone.
		run.transaction.rollBack();
		run.transaction = this.#parts.transaction(run.ticket.request);
		request.pushErrorMessage(error);
		if (error instanceof CriticalError) throw error;
		const now = Date.now();
		const decision = this.#decide(run, error, now);
		if (decision.action === 'retry') {
			this.#parts.statistics.willRetry(error);
			const context = this.#parts.context(run);
			await writingFor(run.transaction, () => this.#parts.errorHandler(context, error));
			if (error instanceof SessionError) {
				request.sessionRotationCount = (request.sessionRotationCount ?? 0) + 1;
				session?.retire();
			}
			if (!request.noRetry) {
				session?.markBad();
				await this.#retry(run, error, now + decision.delayMs);
				return;
			}
		}
		await this.#giveUp(run, error);
	}

	#decide(run: PageRun, error: Error, now: number): ReturnType<typeof decideRetry> {
		const { request } = run;
		const { options, maxRequestRetries } = this.#parts;
		if (error instanceof SessionError && (request.sessionRotationCount ?? 0) >= options.maxSessionRotations) {
			return { action: 'fail' };
		}
		const maxRetries = request.maxRetries ?? maxRequestRetries;
		const failed = { error, retryCount: request.retryCount, maxRetries, noRetry: request.noRetry };
		return decideRetry(failed, options.retry, { now, random: Math.random() });
	}

	async #retry(run: PageRun, error: Error, notBefore: number): Promise<void> {
		const { ticket, request } = run;
		request.retryCount++;
		const { redirectedFrom, sessionId } = ticket.request.data ?? {};
		// The handlers may have changed the request, and its redirects and session are not Crawlee's to know.
		const data = {
			...toNewRequest(request, this.#parts.queue.keys).data,
			...(redirectedFrom && { redirectedFrom }),
			...(sessionId !== undefined && !(error instanceof SessionError) && { sessionId }),
		};
		const waitSecs = Math.max(0, (notBefore - Date.now()) / 1_000).toFixed(1);
		this.#parts.log.warning(`${messageOf(error)} Trying again in ${waitSecs} s (retry ${request.retryCount}).`);
		const outcome = {
			status: 'delayed',
			notBefore,
			retryCount: request.retryCount,
			error: error.message,
			httpStatus: statusOf(run, error),
			data,
		} as const;
		await this.#commit(run, outcome, run.transaction);
	}

	async #giveUp(run: PageRun, error: Error): Promise<void> {
		const { request, session } = run;
		const { log, statistics } = this.#parts;
		log.error(
			`${messageOf(error)} Gave up after ${request.retryCount + 1} ${request.retryCount === 0 ? 'try' : 'tries'}.`,
		);
		request.state = RequestState.ERROR;
		const context = this.#parts.context(run);
		await writingFor(run.transaction, () => this.#parts.failedRequestHandler(context, error));
		const outcome = { status: 'failed', error: error.message, httpStatus: statusOf(run, error) } as const;
		await this.#commit(run, outcome, run.transaction);
		statistics.failed(request, error);
		session?.markBad();
	}

	async #commit(run: PageRun, outcome: PageOutcome, transaction?: PageTransaction): Promise<void> {
		if (run.isAbandoned) return;
		const { ticket, request } = run;
		const results = transaction?.close() ?? { requests: [], items: [] };
		const { id } = ticket.request;
		await this.#parts.queue.commitSoon(ticket, { id, retryCount: request.retryCount, outcome, ...results });
	}
}

/** The session that met the redirect, while it lives, so that its cookies go along; else any. */
async function sessionOf(pool: SessionPool | undefined, id: string | undefined): Promise<Session | undefined> {
	const known = id === undefined ? undefined : await pool?.getSession(id);
	return known ?? (await pool?.getSession());
}

/** Where the page was loaded from, when that is not what was asked for. */
function differing(loadedUrl: string | undefined, { ticket }: PageRun): string | undefined {
	return loadedUrl === ticket.request.url ? undefined : loadedUrl;
}

/** The status of the answer that the try has had, if any. */
function statusOf({ page }: PageRun, error: Error): number | undefined {
	return page?.response.statusCode ?? (error as { statusCode?: number }).statusCode;
}
