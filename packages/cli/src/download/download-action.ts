import { mkdir } from 'node:fs/promises';
import { basename, join, sep } from 'node:path';
import {
	AbortedError,
	DownloadError,
	type DownloadOptions,
	type DownloadProgress,
	HttpClient,
	HttpError,
} from '@orbweaver/http';
import { EXIT_FAILED, EXIT_OK } from '../exit-code.ts';
import { parseHeaders } from '../headers.ts';
import { httpUrl } from '../http-url.ts';
import { amount, duration, size } from '../output/amounts.ts';
import { canRedraw } from '../output/terminal.ts';
import { NOTHING_SHOWN, type Progress, type Shown, showBar, showPlain } from '../progress/show-lines.ts';
import type { Action } from '../spec/command-spec.ts';
import type { OptionValues } from '../spec/option-values.ts';
import { stopSignal } from '../stop-signal.ts';
import { UsageError } from '../usage-error.ts';

/** What became of one file. */
interface Outcome {
	readonly url: string;
	readonly status: 'there' | 'failed' | 'stopped';
	readonly path?: string;
	readonly bytes?: number;
	readonly error?: string;
}

/** `orbweaver download` */
export const download: Action = async ({ args, options, env }) => {
	const [isJson, isQuiet] = [options.flag('json'), options.flag('quiet')];
	const urls = [...new Set(args.map(httpUrl))];
	const shared = downloadOptions(options, urls.length);
	const folder = options.text('output') ?? '.';
	await makeFolder(folder);
	const running = new Map<string, DownloadProgress | undefined>();
	const outcomes: Outcome[] = [];
	const shown = isQuiet ? NOTHING_SHOWN : show(urls.length, outcomes, running, env);
	const stop = stopSignal(
		() => shown.say('Stopping; what has arrived is kept. Ctrl-C again leaves at once.'),
		shown.close,
	);
	const userAgent = options.text('user-agent');
	await using client = new HttpClient({ proxy: 'environment', ...(userAgent !== undefined && { userAgent }) });
	const waiting = [...urls];
	const work = async (): Promise<void> => {
		for (let url = waiting.shift(); url !== undefined && !stop.aborted; url = waiting.shift()) {
			running.set(url, undefined);
			const onProgress = (progress: DownloadProgress): void => void running.set(url as string, progress);
			outcomes.push(await one(client, url, folder, { ...shared, signal: stop, onProgress }));
			running.delete(url);
		}
	};
	await Promise.all(Array.from({ length: options.number('parallel') ?? 3 }, work));
	shown.close();
	const failed = outcomes.filter(({ status }) => status === 'failed');
	const isWhole = outcomes.length === urls.length && outcomes.every(({ status }) => status === 'there');
	const exitCode = stop.aborted && !isWhole ? (stop.reason as number) : failed.length > 0 ? EXIT_FAILED : EXIT_OK;
	if (isJson) process.stdout.write(`${JSON.stringify({ exitCode, files: outcomes })}\n`);
	else if (!isQuiet) process.stdout.write(`${summary(outcomes, urls.length, stop.aborted && !isWhole)}\n`);
	if (isQuiet) for (const { error } of failed) process.stderr.write(`${error}\n`);
	return exitCode;
};

function downloadOptions(options: OptionValues, files: number): DownloadOptions {
	const sha256 = options.text('sha256');
	if (sha256 !== undefined && files !== 1)
		throw new UsageError(`--sha256 is of one file, and there are ${files}; give one address.`);
	if (sha256 !== undefined && !/^[\da-f]{64}$/i.test(sha256)) {
		throw new UsageError(`--sha256 must be 64 hexadecimal digits, got "${sha256}".`);
	}
	const bearer = options.text('bearer');
	const headers = parseHeaders(options.list('header'));
	return {
		segments: options.number('segments') ?? 4,
		overwrite: (options.text('overwrite') ?? 'skip') as 'error' | 'replace' | 'skip',
		headers: bearer === undefined ? headers : { ...headers, authorization: `Bearer ${bearer}` },
		...(sha256 !== undefined && { digest: { algorithm: 'sha256', value: sha256.toLowerCase() } }),
	};
}

async function makeFolder(folder: string): Promise<void> {
	try {
		await mkdir(folder, { recursive: true });
	} catch (cause) {
		const { code } = cause as NodeJS.ErrnoException;
		throw new UsageError(`--output ${folder} cannot be made (${code}); name a folder that you may write.`, { cause });
	}
}

async function one(client: HttpClient, url: string, folder: string, options: DownloadOptions): Promise<Outcome> {
	try {
		const { path, bytes } = await client.download(url, targetOf(url, folder), options);
		return { url, status: 'there', path, bytes };
	} catch (error) {
		if (options.signal?.aborted && error instanceof AbortedError) return { url, status: 'stopped' };
		if (!(error instanceof HttpError)) throw error;
		return { url, status: 'failed', error: failureOf(error) };
	}
}

/** In the words of the command line. */
function failureOf(error: HttpError): string {
	if (!(error instanceof DownloadError) || error.reason !== 'exists') return error.message.replace(/^GET /, '');
	return `${error.url} cannot be stored in ${error.path}: another file has that name; --overwrite replace replaces it.`;
}

/** The file's own name; the folder, where the server has to name it: the path has no extension, or a query follows. */
function targetOf(url: string, folder: string): string {
	const { pathname, search } = new URL(url);
	const name = basename(decoded(pathname));
	const isPlain = /^[^.\p{Cc}/\\][^\p{Cc}/\\]*\.\w+$/u.test(name);
	return isPlain && search === '' ? join(folder, name) : join(folder, sep);
}

function decoded(path: string): string {
	try {
		return decodeURIComponent(path);
	} catch {
		return path;
	}
}

function show(
	files: number,
	outcomes: readonly Outcome[],
	running: ReadonlyMap<string, DownloadProgress | undefined>,
	env: NodeJS.ProcessEnv,
): Shown {
	const progress = (): Progress => {
		const now = [...running.values()].filter((some) => some !== undefined);
		const bytes =
			now.reduce((sum, some) => sum + some.bytes, 0) + outcomes.reduce((sum, some) => sum + (some.bytes ?? 0), 0);
		const bytesPerSecond = now.reduce((sum, some) => sum + (some.bytesPerSecond ?? 0), 0);
		const left = now.reduce((sum, some) => sum + (some.total === undefined ? Number.NaN : some.total - some.bytes), 0);
		const isAllKnown = outcomes.length + now.length === files && !Number.isNaN(left);
		const there = outcomes.filter(({ status }) => status === 'there').length;
		const parts = [`${there} of ${amount(files, 'file')}`, size(bytes), `${size(bytesPerSecond)}/s`];
		const failed = outcomes.filter(({ status }) => status === 'failed').length;
		if (failed > 0) parts.push(`${failed} failed`);
		if (isAllKnown && bytesPerSecond > 0 && left > 0) parts.push(`${duration(left / bytesPerSecond)} left`);
		return { part: isAllKnown && bytes + left > 0 ? bytes / (bytes + left) : undefined, lines: [parts.join(' · ')] };
	};
	return canRedraw(process.stderr, env) ? showBar(process.stderr, progress) : showPlain(process.stderr, progress);
}

function summary(outcomes: readonly Outcome[], files: number, isStopped: boolean): string {
	const there = outcomes.filter(({ status }) => status === 'there');
	const lines = [`${there.length} of ${amount(files, 'file')} there.`];
	for (const { path, bytes = 0 } of there) lines.push(`  ${path} (${size(bytes)})`);
	for (const { status, error } of outcomes) if (status === 'failed') lines.push(`  failed: ${error}`);
	if (isStopped) lines.push('Stopped: the same command goes on from here.');
	return lines.join('\n');
}
