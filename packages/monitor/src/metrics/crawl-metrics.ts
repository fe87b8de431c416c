import { CRAWL_STATUSES, type CrawlNumbers } from '../protocol/numbers.ts';
import type { LatestNumbers } from '../sources/numbers-table.ts';
import type { Exposition, Sample } from './exposition.ts';

const STATES = ['waiting', 'delayed', 'leased', 'handled', 'failed', 'skipped', 'redirected'] as const;

/**
 * The numbers of all crawls. Labels: the source (at most 100), the state, the outcome and the status code; never a domain
 * or a URL, of which there is no end.
 */
export function addCrawlMetrics(exposition: Exposition, latest: readonly LatestNumbers[]): void {
	const each = (read: (numbers: CrawlNumbers, source: string) => readonly Sample[]): readonly Sample[] =>
		latest.flatMap(({ numbers, source }) => read(numbers, source));
	const one = (read: (numbers: CrawlNumbers) => number | null): readonly Sample[] =>
		each((numbers, source) => {
			const value = read(numbers);
			return value === null ? [] : [{ labels: { source }, value }];
		});

	exposition.add(
		'gauge',
		'orbweaver_requests',
		'Requests of the queue by state.',
		each((numbers, source) => STATES.map((state) => ({ labels: { source, state }, value: numbers[state] }))),
	);
	exposition.add(
		'gauge',
		'orbweaver_crawl_status',
		'1 for what the crawl is doing.',
		each((numbers, source) =>
			CRAWL_STATUSES.map((status) => ({ labels: { source, status }, value: numbers.status === status ? 1 : 0 })),
		),
	);
	exposition.add(
		'counter',
		'orbweaver_pages_total',
		'Pages of this run by outcome.',
		each(({ pagesFinished, pagesFailed, pagesRetried }, source) => [
			{ labels: { source, outcome: 'finished' }, value: pagesFinished },
			{ labels: { source, outcome: 'failed' }, value: pagesFailed },
			{ labels: { source, outcome: 'retried' }, value: pagesRetried },
		]),
	);
	exposition.add('counter', 'orbweaver_responses_total', 'Responses of this run by status code.', each(responses));
	exposition.add(
		'counter',
		'orbweaver_received_bytes_total',
		'Bytes of bodies.',
		one(({ bytes }) => bytes),
	);
	exposition.add(
		'gauge',
		'orbweaver_pages_per_second',
		'Over the last seconds.',
		one((n) => n.pagesPerSecond),
	);
	exposition.add(
		'gauge',
		'orbweaver_bytes_per_second',
		'Over the last seconds.',
		one((n) => n.bytesPerSecond),
	);
	exposition.add(
		'gauge',
		'orbweaver_eta_seconds',
		'Time until the queue is empty, if no page is found.',
		one(({ etaMs }) => (etaMs === null ? null : etaMs / 1_000)),
	);
	exposition.add(
		'gauge',
		'orbweaver_start_time_seconds',
		'When the run started.',
		one((n) => n.startedAt / 1_000),
	);
	exposition.add(
		'gauge',
		'orbweaver_snapshot_time_seconds',
		'When these were taken.',
		one((n) => n.time / 1_000),
	);
	exposition.addHistogram(
		'orbweaver_latency_seconds',
		'Time to the response.',
		latest.map(({ numbers, source }) => ({ labels: { source }, histogram: numbers.latencyMs, scale: 0.001 })),
	);
	exposition.addHistogram(
		'orbweaver_body_size_bytes',
		'Sizes of bodies.',
		latest.map(({ numbers, source }) => ({ labels: { source }, histogram: numbers.sizeBytes, scale: 1 })),
	);
}

/** Only status codes become labels, whatever a publisher sends. */
function responses({ statuses }: CrawlNumbers, source: string): readonly Sample[] {
	return Object.entries(statuses)
		.filter(([status]) => /^[1-5]\d\d$/.test(status))
		.map(([status, value]) => ({ labels: { source, status }, value }));
}
