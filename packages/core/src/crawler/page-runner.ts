import type { HttpClient } from '@orbweaver/http';
import type { UrlResolver } from '@orbweaver/parser';
import {
	CriticalError,
	type Log,
	type ProxyConfiguration,
	type Session,
	SessionError,
	type SessionPool,
} from '../crawlee.ts';
import { InvalidOptionError } from '../errors.ts';
import type { Ticket } from '../lanes/domain-lane.ts';
import type { PageWatch } from '../numbers/page-watch.ts';
import type { RequestQueue } from '../queue/request-queue.ts';
import { decideRetry } from '../retry/retry.ts';
import { writingFor } from '../storage/page-writes.ts';
import type { LeasedRequest, PageOutcome } from '../store/crawl-store.ts';
import { errorOf } from '../thrown-error.ts';
import type { ResolvedOptions } from './crawler-options.ts';
import type { CrawlerContext } from './crawling-context.ts';
import { messageOf, sentence } from './error-message.ts';
import { type Fetched, fetchPage } from './fetch-page.ts';
import { type NextTry, nextTry, noteError, noteState, retryCountOf } from './next-try.ts';
import type { Page } from './page.ts';
import { jobOf, loadedElsewhere, statusOf } from './page-facts.ts';
import { type PageRun, pageRun, requestOf } from './page-run.ts';
import type { PageStatistics } from './page-statistics.ts';
import type { PageResults, PageTransaction } from './page-transaction.ts';
import { decideRedirect } from './redirects.ts';
import { TimeoutError, withTimeout } from './with-timeout.ts';

/** What the crawler lends to the running of its pages. */
export interface PageRunnerParts {
	readonly queue: RequestQueue;
	readonly client: HttpClient;
	readonly resolver: UrlResolver;
	readonly options: ResolvedOptions;
	readonly statistics: PageStatistics;
	/** Set when somebody watches. */
	readonly watch: PageWatch | undefined;
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

	/** @throws only what must end the crawl: a `CriticalError`, an error that an error handler throws, a lost storage. */
	async run(ticket: Ticket): Promise<void> {
		const request = requestOf(ticket.request);
		if (request instanceof Error) {
			await this.#refuse(ticket, request);
			return;
		}
		const run = pageRun(ticket, request, this.#parts.transaction(ticket.request));
		this.#runs.add(run);
		this.#parts.statistics.started(jobOf(run));
		try {
			const fetched = await this.#fetch(run);
			if (fetched?.kind === 'redirect') await this.#redirected(run, fetched);
			else await this.#handle(run, fetched?.page);
		} catch (error) {
			await this.#failed(run, errorOf(error));
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
			received: ({ status, timings, body }) => {
				const { domain, url } = ticket.request;
				const headersMs = timings.headersMs - timings.sentMs;
				this.#parts.watch?.answered({ domain, url, status, headersMs, bytes: body.length });
			},
			answered: (signal) => queue.answered(ticket, signal),
			statusCode: (status) => statistics.statusCode(status),
		});
		if (fetched.kind === 'page') request.loadedUrl = fetched.page.url;
		return fetched;
	}

	async #handle(run: PageRun, page: Page | undefined): Promise<void> {
		const { request } = run;
		run.page = page;
		noteState(request, 'REQUEST_HANDLER');
		await this.#inTime(run, 'handler', (context) => this.#parts.handler(context));
		const outcome = {
			status: 'handled',
			loadedUrl: loadedElsewhere(page?.url, run),
			httpStatus: page?.response.statusCode,
		} as const;
		await this.#commit(run, outcome, () => run.transaction.close());
		if (run.isAbandoned) return;
		noteState(request, 'DONE');
		this.#parts.statistics.finished(jobOf(run));
		this.#parts.watch?.finished();
		run.session?.markGood();
	}

	/**
	 * Runs a handler, and waits for all that it adds to its page.
	 *
	 * @throws TimeoutError when that takes too long, and whatever the handler throws.
	 */
	async #inTime(run: PageRun, name: string, handler: (context: CrawlerContext) => unknown): Promise<void> {
		const { transaction, ticket } = run;
		const { handlerTimeoutMs } = this.#parts;
		const context = this.#parts.context(run);
		const work = async (): Promise<void> => {
			await writingFor(transaction, () => handler(context));
			await transaction.idle();
		};
		await withTimeout(work, handlerTimeoutMs, () => {
			const { url } = ticket.request;
			return `The ${name} of ${url} did not end within ${handlerTimeoutMs / 1_000} seconds (requestHandlerTimeoutSecs).`;
		});
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
		statistics.forget(jobOf(run));
		const redirected = { status: 'redirected', loadedUrl: target.url, httpStatus: status } as const;
		if (decision.kind === 'again') {
			const retryCount = retryCountOf(run);
			await this.#commit(run, { status: 'delayed', notBefore: Date.now(), retryCount, error: '', data: decision.data });
			return;
		}
		const transaction = this.#parts.transaction(ticket.request);
		if (decision.kind === 'follow') transaction.addRequest(decision.next);
		await this.#commit(run, redirected, () => transaction.close());
		if (decision.kind === 'skip') this.#parts.skipped({ url: request.url, reason: 'redirect' });
	}

	async #failed(run: PageRun, error: Error): Promise<void> {
		if (run.isAbandoned) return;
		const { request, session } = run;
		this.#startAnew(run);
		noteError(request, error);
		if (error instanceof CriticalError) throw error;
		const now = Date.now();
		const decision = this.#decide(run, error, now);
		if (decision.action === 'retry') {
			this.#parts.statistics.willRetry(error);
			this.#parts.watch?.retried();
			const fault = await this.#tell(run, 'errorHandler', (context) => this.#parts.errorHandler(context, error));
			if (error instanceof SessionError) session?.retire();
			if (fault !== undefined) {
				await this.#giveUp(run, beside(fault, error));
				return;
			}
			if (!request.noRetry) {
				session?.markBad();
				await this.#retry(run, error, now + decision.delayMs);
				return;
			}
		}
		await this.#giveUp(run, error);
	}

	/** The next handlers get a clean sheet: what the failed one pushed is gone. */
	#startAnew(run: PageRun): void {
		run.transaction.rollBack();
		run.transaction = this.#parts.transaction(run.ticket.request);
	}

	/**
	 * Runs one of the handlers of errors. Answers the error of a call that it made wrongly, and of too long a wait: that is
	 * the page's alone.
	 *
	 * @throws whatever else the handler throws: as in Crawlee, it ends the run.
	 */
	async #tell(
		run: PageRun,
		name: 'errorHandler' | 'failedRequestHandler',
		handler: (context: CrawlerContext) => unknown,
	): Promise<Error | undefined> {
		try {
			await this.#inTime(run, name, handler);
			return undefined;
		} catch (thrown) {
			const fault = errorOf(thrown);
			if (!(fault instanceof InvalidOptionError || fault instanceof TimeoutError)) throw fault;
			if (!run.isAbandoned) this.#startAnew(run);
			return fault;
		}
	}

	#decide(run: PageRun, error: Error, now: number): ReturnType<typeof decideRetry> {
		const { request } = run;
		const { options, maxRequestRetries } = this.#parts;
		if (error instanceof SessionError && (request.sessionRotationCount ?? 0) >= options.maxSessionRotations) {
			return { action: 'fail' };
		}
		const maxRetries = request.maxRetries ?? maxRequestRetries;
		const failed = { error, retryCount: retryCountOf(run), maxRetries, noRetry: request.noRetry };
		return decideRetry(failed, options.retry, { now, random: Math.random() });
	}

	async #retry(run: PageRun, error: Error, notBefore: number): Promise<void> {
		let next: NextTry;
		try {
			next = nextTry(run, error, this.#parts.queue.keys);
		} catch (fault) {
			await this.#giveUp(run, beside(errorOf(fault), error));
			return;
		}
		const { retryCount, data } = next;
		const waitSecs = Math.max(0, (notBefore - Date.now()) / 1_000).toFixed(1);
		this.#parts.log.warning(`${messageOf(error)} Trying again in ${waitSecs} s (retry ${retryCount}).`);
		const httpStatus = statusOf(run, error);
		const outcome = { status: 'delayed', notBefore, retryCount, error: error.message, httpStatus, data } as const;
		await this.#commit(run, outcome, () => this.#resultsOf(run));
	}

	async #giveUp(run: PageRun, error: Error): Promise<void> {
		const { request, session } = run;
		const { log, statistics } = this.#parts;
		const tries = retryCountOf(run) + 1;
		log.error(`${messageOf(error)} Gave up after ${tries} ${tries === 1 ? 'try' : 'tries'}.`);
		noteState(request, 'ERROR');
		const fault = await this.#tell(run, 'failedRequestHandler', (context) =>
			this.#parts.failedRequestHandler(context, error),
		);
		if (fault !== undefined) log.error(`${messageOf(fault)} Nothing of what it did is stored.`);
		const outcome = { status: 'failed', error: error.message, httpStatus: statusOf(run, error) } as const;
		await this.#commit(run, outcome, () => this.#resultsOf(run));
		statistics.failed(jobOf(run), error);
		void this.#parts.watch?.failed(run.ticket.request.url, error.message, statusOf(run, error));
		session?.markBad();
	}

	/** What the handlers of an error leave behind; nothing when it cannot be stored, for the failure has to be. */
	#resultsOf(run: PageRun): PageResults {
		try {
			return run.transaction.close();
		} catch (error) {
			this.#parts.log.error(`${run.ticket.request.url}: ${messageOf(errorOf(error))} Nothing of it is stored.`);
			this.#startAnew(run);
			return run.transaction.close();
		}
	}

	async #commit(run: PageRun, outcome: PageOutcome, results = (): PageResults => NO_RESULTS): Promise<void> {
		if (run.isAbandoned) return;
		const { ticket } = run;
		const { id } = ticket.request;
		await this.#parts.queue.commitSoon(ticket, { id, retryCount: retryCountOf(run), outcome, ...results() });
	}
}

const NO_RESULTS: PageResults = { requests: [], items: [] };

/** The reason why a page is given up, and what it was to be tried again for. */
function beside(fault: Error, error: Error): Error {
	return new InvalidOptionError(`${sentence(fault.message)} Before that: ${error.message}`, { cause: error });
}

/** The session that met the redirect, while it lives, so that its cookies go along; else any. */
async function sessionOf(pool: SessionPool | undefined, id: string | undefined): Promise<Session | undefined> {
	const known = id === undefined ? undefined : await pool?.getSession(id);
	return known ?? (await pool?.getSession());
}
