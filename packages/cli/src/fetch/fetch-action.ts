import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
import type { Writable } from 'node:stream';
import { type BatchResult, type DetailedBatchRequest, HttpClient } from '@orbweaver/http';
import { exitCodeOf } from '../exit-code.ts';
import { parseHeaders } from '../headers.ts';
import { httpUrl } from '../http-url.ts';
import { amount, duration, perSecond } from '../output/amounts.ts';
import { canRedraw } from '../output/terminal.ts';
import { RecentRate } from '../progress/recent-rate.ts';
import { NOTHING_SHOWN, type Progress, type Shown, showBar, showPlain } from '../progress/show-lines.ts';
import type { Action } from '../spec/command-spec.ts';
import type { OptionValues } from '../spec/option-values.ts';
import { stopSignal } from '../stop-signal.ts';
import { UsageError } from '../usage-error.ts';
import { type Answer, answerOf } from './answer-line.ts';
import { parseRate } from './rate.ts';

const MOST_FAILURES = 20;

/** What became of the requests so far. */
interface Tally {
	succeeded: number;
	failed: number;
	readonly failures: { readonly url: string; readonly error: string }[];
}

/** `orbweaver fetch` */
export const fetchAll: Action = async ({ args, options, env }) => {
	const [isJson, isQuiet] = [options.flag('json'), options.flag('quiet')];
	const template = templateOf(options);
	const urls = args.filter((url) => url !== '-').map(httpUrl);
	const readsInput = args.includes('-');
	const output = options.text('output');
	const lines = isJson && output === undefined ? undefined : await openOutput(output);
	const tally: Tally = { succeeded: 0, failed: 0, failures: [] };
	const startedAt = performance.now();
	// Lines on a terminal and a bar below them would be drawn over each other.
	const isSilent = isQuiet || (lines === process.stdout && process.stdout.isTTY);
	const shown = isSilent ? NOTHING_SHOWN : show(tally, readsInput ? undefined : urls.length, env);
	const leave = (): void => shown.close();
	const stop = stopSignal(() => shown.say('Stopping; Ctrl-C again leaves at once.'), leave);
	const begunAt = new Map<number, number>();
	await using client = new HttpClient(clientOptions(options));
	try {
		const requests = requestsOf(urls, readsInput, template, (index) => begunAt.set(index, performance.now()));
		const concurrency = options.number('concurrency') ?? 20;
		for await (const result of client.batch(requests, { concurrency, signal: stop })) {
			const ms = performance.now() - (begunAt.get(result.index) ?? performance.now());
			begunAt.delete(result.index);
			const answer = await answer_(result, ms);
			count(tally, answer);
			if (lines !== undefined && !lines.write(`${JSON.stringify(answer)}\n`)) await once(lines, 'drain');
		}
	} catch (error) {
		if (!stop.aborted) throw error;
	} finally {
		shown.close();
		if (lines !== undefined && lines !== process.stdout) await new Promise<void>((resolve) => lines.end(resolve));
	}
	const seconds = (performance.now() - startedAt) / 1_000;
	const { succeeded, failed, failures } = tally;
	const stopCode = stop.aborted ? (stop.reason as number) : undefined;
	const exitCode = exitCodeOf({
		succeeded,
		failed,
		allowedFailures: options.number('allowed-failures') ?? 0,
		stopCode,
	});
	if (isJson) {
		process.stdout.write(
			`${JSON.stringify({ exitCode, succeeded, failed, seconds, failures, ...(output !== undefined && { output }) })}\n`,
		);
	} else if (!isQuiet) {
		process.stderr.write(
			`${amount(succeeded + failed, 'request')} in ${duration(seconds)}: ${succeeded} succeeded, ${failed} failed.\n`,
		);
		for (const { url, error } of failures) process.stderr.write(`  ${url}: ${error}\n`);
	}
	return exitCode;
};

type Template = Omit<DetailedBatchRequest, 'url'>;

function templateOf(options: OptionValues): Template {
	const headers = parseHeaders(options.list('header'));
	const bearer = options.text('bearer');
	const body = options.text('json-body');
	const method = options.text('method') ?? (body === undefined ? 'GET' : 'POST');
	if (body !== undefined && ['GET', 'HEAD'].includes(method)) {
		throw new UsageError(`--json-body cannot be sent with ${method}; use --method POST, PUT or PATCH.`);
	}
	return {
		method,
		headers: bearer === undefined ? headers : { ...headers, authorization: `Bearer ${bearer}` },
		...(body !== undefined && { json: parseBody(body) }),
	};
}

function parseBody(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (cause) {
		const why = cause instanceof Error ? cause.message : String(cause);
		throw new UsageError(`--json-body must be JSON, such as '{"name":"Lamp"}': ${why}.`, { cause });
	}
}

function clientOptions(options: OptionValues): ConstructorParameters<typeof HttpClient>[0] {
	const rate = options.text('rate');
	const timeout = options.number('timeout');
	const concurrency = options.number('concurrency') ?? 20;
	const userAgent = options.text('user-agent');
	return {
		limits: { total: concurrency, perHost: concurrency },
		retry: { limit: options.number('retries') ?? 2 },
		proxy: 'environment',
		...(rate !== undefined && { rateLimit: parseRate(rate) }),
		...(timeout !== undefined && { timeouts: { totalMs: Math.ceil(timeout * 1_000) } }),
		...(userAgent !== undefined && { userAgent }),
	};
}

async function* requestsOf(
	urls: readonly string[],
	readsInput: boolean,
	template: Template,
	begun: (index: number) => void,
): AsyncGenerator<DetailedBatchRequest, void> {
	let index = 0;
	for (const url of urls) {
		begun(index++);
		yield { ...template, url };
	}
	if (!readsInput) return;
	for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
		const url = line.trim();
		if (url === '' || url.startsWith('#')) continue;
		begun(index++);
		yield { ...template, url: httpUrl(url) };
	}
}

async function answer_(result: BatchResult<DetailedBatchRequest>, ms: number): Promise<Answer> {
	const url = String(result.request.url);
	if (!result.ok) return { url, ok: false, ms: Math.round(ms), error: result.error.message };
	const { response } = result;
	const contentType = String(response.headers['content-type'] ?? '');
	return answerOf({
		url,
		status: response.status,
		ms,
		contentType,
		body: await response.bytes(),
		text: await response.text(),
	});
}

function count(tally: Tally, { url, ok, status, error }: Answer): void {
	if (ok) {
		tally.succeeded += 1;
		return;
	}
	tally.failed += 1;
	if (tally.failures.length < MOST_FAILURES) tally.failures.push({ url, error: error ?? `answered ${status}` });
}

async function openOutput(output: string | undefined): Promise<Writable> {
	if (output === undefined) return process.stdout;
	try {
		await mkdir(dirname(output), { recursive: true });
		const stream = createWriteStream(output);
		await once(stream, 'open');
		return stream;
	} catch (cause) {
		const { code } = cause as NodeJS.ErrnoException;
		throw new UsageError(
			`--output ${output} cannot be written (${code}); name a file in a folder that you may write.`,
			{ cause },
		);
	}
}

function show(tally: Tally, total: number | undefined, env: NodeJS.ProcessEnv): Shown {
	const rate = new RecentRate();
	const progress = (): Progress => {
		const done = tally.succeeded + tally.failed;
		const recent = rate.add(done, performance.now());
		const parts = [total === undefined ? `${done} done` : `${done} of ${total}`];
		if (recent !== undefined) parts.push(perSecond(recent));
		parts.push(`${tally.failed} failed`);
		if (total !== undefined && recent && done < total) parts.push(`${duration((total - done) / recent)} left`);
		return { part: total === undefined ? undefined : done / Math.max(1, total), lines: [parts.join(' · ')] };
	};
	return canRedraw(process.stderr, env) ? showBar(process.stderr, progress) : showPlain(process.stderr, progress);
}
