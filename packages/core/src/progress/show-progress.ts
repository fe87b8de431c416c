import type { StoreCounts } from '../store/crawl-store.ts';
import { progressLine } from './progress-line.ts';

/** Where progress is shown: a terminal gets one line that changes, anything else a line now and then. */
export interface ProgressStream {
	readonly isTTY?: boolean;
	/** Some terminals say 0 when they do not know. */
	readonly columns?: number;
	write(text: string): unknown;
}

/** What of a crawler is shown. */
export interface ProgressSource {
	counts(): StoreCounts;
	readonly stats: { readonly state: { readonly requestsFinished: number } };
}

/** How to show it. */
export interface ShowProgressOptions {
	/** Default `process.stderr`. */
	readonly stream?: ProgressStream;
	/** How often, in milliseconds. Default 200 on a terminal, 5,000 elsewhere. */
	readonly everyMs?: number;
}

/**
 * Shows how far a crawl is, until the returned function is called.
 *
 * @example
 * const hideProgress = showProgress(crawler);
 * await crawler.run(['https://example.com/']);
 * hideProgress();
 */
export function showProgress(crawler: ProgressSource, options: ShowProgressOptions = {}): () => void {
	const stream: ProgressStream = options.stream ?? process.stderr;
	const isTerminal = stream.isTTY === true;
	const startedAt = performance.now();
	let longest = 0;
	const show = (): void => {
		const finished = crawler.stats.state.requestsFinished;
		const line = progressLine({ counts: crawler.counts(), finished, elapsedMs: performance.now() - startedAt });
		if (!isTerminal) {
			stream.write(`${line}\n`);
			return;
		}
		const fitting = line.slice(0, (stream.columns || 80) - 1);
		stream.write(`\r${fitting.padEnd(longest)}`);
		longest = fitting.length;
	};
	const timer = setInterval(show, options.everyMs ?? (isTerminal ? 200 : 5_000)).unref();
	return () => {
		clearInterval(timer);
		show();
		if (isTerminal) stream.write('\n');
	};
}
