import { bearerAuth, type DetailedBatchRequest, HttpClient } from '@orbweaver/http';
import type { Settings } from './arguments.ts';
import { SEEN } from './id-table.ts';
import { idempotencyKey } from './idempotency-key.ts';
import { inputLines } from './input.ts';
import { planLine } from './plan-line.ts';
import { RequestIdentities } from './request-identity.ts';
import type { ResultFile } from './result-file.ts';
import { type KnownRequest, lineResultOf, resultOf } from './result-line.ts';
import { signIn } from './sign-in.ts';
import type { Tally } from './tally.ts';

/** One run over an input. */
export interface Run {
	readonly settings: Settings;
	readonly results: ResultFile;
	readonly tally: Tally;
	/** Fires when nothing new is to be begun. */
	readonly stop: AbortSignal;
}

/** A request in the batch, and how it goes. */
interface Job extends DetailedBatchRequest {
	readonly data: { readonly known: KnownRequest; attempts: number; sentAt: number };
}

/** Why a batch ended before its input did. */
const STOPPED: unique symbol = Symbol('stopped');

/**
 * Runs what is left to do, and writes what becomes of it.
 *
 * When `stop` fires, what is on its way is waited for. What still waits for its turn or for another try is left to the
 * next run: that could take an hour.
 *
 * @throws SignInError when there is no token; what the input or the results cannot be read or written for.
 */
export async function runRequests(run: Run): Promise<void> {
	const { settings, results, tally, stop } = run;
	const end = new AbortController();
	await using client = clientFor(settings, (error) => end.abort(error));
	let idleCheck: NodeJS.Timeout | undefined;
	const endWhenIdle = (): void => {
		idleCheck = setInterval(() => {
			if (client.stats.running === 0) end.abort(STOPPED);
		}, 50);
	};
	stop.addEventListener('abort', endWhenIdle);
	try {
		const batch = { concurrency: settings.concurrency, signal: end.signal };
		for await (const result of client.batch(jobs(run, AbortSignal.any([stop, end.signal])), batch)) {
			const { known, attempts, sentAt } = result.request.data;
			const { json, error, status } = await resultOf(known, result, { attempts, ms: performance.now() - sentAt });
			results.append(json);
			tally.countRequest(error && `${settings.input} line ${known.request.line}: ${error.message}`, status);
		}
	} catch (error) {
		if (error !== STOPPED) throw error;
	} finally {
		stop.removeEventListener('abort', endWhenIdle);
		clearInterval(idleCheck);
	}
}

/** @param onLost is told why there is no token; without one every request would fail, one after the other. */
function clientFor(settings: Settings, onLost: (error: unknown) => void): HttpClient {
	const { baseUrl, account, concurrency, rate, timeoutMs, retries } = settings;
	const client: HttpClient = new HttpClient({
		baseUrl,
		userAgent: 'orbweaver-api-batch',
		limits: { total: concurrency, perHost: concurrency },
		...(rate !== undefined && { rateLimit: rate }),
		...(timeoutMs !== undefined && { timeouts: { headersMs: timeoutMs, readMs: timeoutMs, totalMs: timeoutMs } }),
		...(retries !== undefined && { retry: retries }),
		...(account !== undefined && {
			auth: bearerAuth(async () => {
				try {
					return await signIn(client, account);
				} catch (error) {
					onLost(error);
					throw error;
				}
			}),
		}),
	});
	return client;
}

/** The requests that are left to do. What is to be done with the other lines is done on the way. */
async function* jobs(run: Run, signal: AbortSignal): AsyncGenerator<Job, void> {
	const { settings, results, tally } = run;
	const { ids, runId } = results;
	const { input, baseUrl, retryFailed } = settings;
	const identities = new RequestIdentities((key) => (ids.get(key) & SEEN) !== 0);
	let count = 0;
	for await (const line of inputLines(input, signal)) {
		count = line.number;
		const plan = planLine(line, { ids, identities, baseUrl, retryFailed });
		switch (plan.action) {
			case 'run':
				ids.add(plan.key, SEEN);
				tally.startRate();
				yield job(plan, runId);
				break;
			case 'skip':
				if (plan.key !== undefined) ids.add(plan.key, SEEN);
				tally[`${plan.before}Before`] += 1;
				break;
			case 'fail': {
				const message = `${input} line ${line.number} ${plan.problem}`;
				results.append(lineResultOf(plan.id, line.number, { code: plan.code, message }));
				tally.count(message);
				break;
			}
			case 'ignore':
				tally.blank += 1;
		}
		if (signal.aborted) return;
	}
	tally.lines = count;
}

function job({ request, key: identity }: KnownRequest, runId: string): Job {
	const { method, url, query, headers, json } = request;
	const key = idempotencyKey(runId, identity, request);
	const data = { known: { request, key: identity }, attempts: 0, sentAt: performance.now() };
	return {
		method,
		url,
		...(query !== undefined && { query }),
		headers: key === undefined ? headers : { ...headers, 'Idempotency-Key': key },
		...(json !== undefined && { json: json[0] }),
		onSent: () => {
			if (data.attempts === 0) data.sentAt = performance.now();
			data.attempts += 1;
		},
		data,
	};
}
