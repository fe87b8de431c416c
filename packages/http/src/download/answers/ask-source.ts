import { parseRetryAfter } from '../../retry/retry-after.ts';
import { DownloadError } from '../download-error.ts';
import type { DownloadResponse } from '../download-fetch.ts';
import type { Ask } from './ask.ts';
import { judgeResponse, type KnownFile, type Verdict } from './judge-response.ts';
import type { Source } from './source.ts';
import { UnavailableError } from './tries.ts';

/** The file that is asked for, and how. */
export interface AskContext {
	/** What is known of it. */
	readonly known: KnownFile | undefined;
	readonly acceptEncoded: boolean;
	/** Ends the exchange, whoever has it. */
	readonly signal: AbortSignal;
}

/** An answer that one can go on with. Whoever has it reads the body, and ends it. */
export class Answer {
	readonly source: Source;
	readonly response: DownloadResponse;
	readonly verdict: Exclude<Verdict, { readonly action: 'retry' | 'fail' }>;
	readonly #exchange: Exchange;

	constructor(source: Source, response: DownloadResponse, verdict: Answer['verdict'], exchange: Exchange) {
		this.source = source;
		this.response = response;
		this.verdict = verdict;
		this.#exchange = exchange;
	}

	/** From now on `round`, instead of another one, ends it too. */
	follow(round: AbortSignal | undefined): void {
		this.#exchange.follow(round);
	}

	/** Gives up what has not been read. */
	end(): void {
		this.#exchange.follow(undefined);
		this.response.discard();
	}
}

/** An exchange that can pass from one round of a transfer to the next. */
class Exchange {
	readonly signal: AbortSignal;
	readonly #own = new AbortController();
	readonly #onRoundEnd = (): void => this.#own.abort(this.#round?.reason);
	#round: AbortSignal | undefined;

	constructor(signal: AbortSignal) {
		this.signal = AbortSignal.any([signal, this.#own.signal]);
	}

	follow(round: AbortSignal | undefined): void {
		this.#round?.removeEventListener('abort', this.#onRoundEnd);
		this.#round = round;
		if (round?.aborted) this.#onRoundEnd();
		else round?.addEventListener('abort', this.#onRoundEnd);
	}
}

/**
 * Asks once.
 *
 * @param round what ends the exchange until the answer is told to follow another one.
 * @throws UnavailableError when a later try may do better; DownloadError when none will; what the client throws.
 */
export async function askSource(
	source: Source,
	ask: Ask,
	context: AskContext,
	round: AbortSignal | undefined,
): Promise<Answer> {
	const exchange = new Exchange(context.signal);
	exchange.follow(round);
	let answered = false;
	try {
		const response = await source.send(ask, exchange.signal);
		const verdict = judgeResponse(ask, context.known, response, context);
		if (verdict.action !== 'retry' && verdict.action !== 'fail') {
			answered = true;
			return new Answer(source, response, verdict, exchange);
		}
		response.discard();
		const { status, headers } = response;
		if (verdict.action === 'fail') throw new DownloadError(source.label, verdict.reason, verdict.detail, { status });
		throw new UnavailableError(source.label, status, parseRetryAfter(headers['retry-after'], Date.now()) ?? 0);
	} finally {
		if (!answered) exchange.follow(undefined);
	}
}
