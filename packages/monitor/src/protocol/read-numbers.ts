import {
	CRAWL_STATUSES,
	type CrawlNumbers,
	type DomainNumbers,
	type FailureNumbers,
	type Histogram,
	MOST_DOMAINS,
	MOST_FAILURES,
} from './numbers.ts';
import { isRecord } from './record.ts';

const AMOUNTS = [
	...['time', 'startedAt', 'waiting', 'delayed', 'leased', 'handled', 'failed', 'skipped', 'redirected'],
	...['pagesFinished', 'pagesFailed', 'pagesRetried', 'bytes', 'pagesPerSecond', 'bytesPerSecond'],
] as const;

const MOST_BUCKETS = 50;
const MOST_STATUSES = 600;

/** The value itself, once it is known to be the numbers of a crawl and bounded; undefined when it is not. */
export function readNumbers(value: unknown): CrawlNumbers | undefined {
	return isCrawlNumbers(value) ? value : undefined;
}

function isCrawlNumbers(value: unknown): value is CrawlNumbers {
	if (!isRecord(value)) return false;
	const { status, etaMs, domains, statuses, failures, latencyMs, sizeBytes } = value;
	return (
		AMOUNTS.every((name) => isAmount(value[name])) &&
		CRAWL_STATUSES.some((known) => known === status) &&
		isAmountOrNull(etaMs) &&
		isListOf(domains, MOST_DOMAINS, isDomain) &&
		isStatuses(statuses) &&
		isListOf(failures, MOST_FAILURES, isFailure) &&
		isHistogram(latencyMs) &&
		isHistogram(sizeBytes)
	);
}

function isDomain(value: unknown): value is DomainNumbers {
	if (!isRecord(value)) return false;
	const { name, waiting, inFlight, rate, limit, p50Ms, p95Ms, statuses, blockedUntil } = value;
	return (
		typeof name === 'string' &&
		[waiting, inFlight, rate].every(isAmount) &&
		[limit, p50Ms, p95Ms, blockedUntil].every(isAmountOrNull) &&
		isStatuses(statuses)
	);
}

function isFailure(value: unknown): value is FailureNumbers {
	if (!isRecord(value)) return false;
	const { url, reason, httpStatus, time, foundOn } = value;
	return (
		typeof url === 'string' &&
		typeof reason === 'string' &&
		isAmountOrNull(httpStatus) &&
		isAmount(time) &&
		(foundOn === null || typeof foundOn === 'string')
	);
}

function isHistogram(value: unknown): value is Histogram {
	if (!isRecord(value)) return false;
	const { bounds, counts, sum } = value;
	return (
		isListOf(bounds, MOST_BUCKETS, isAmount) &&
		bounds.every((bound, index) => index === 0 || bound > (bounds[index - 1] ?? 0)) &&
		isListOf(counts, MOST_BUCKETS + 1, isAmount) &&
		counts.length === bounds.length + 1 &&
		isAmount(sum)
	);
}

function isStatuses(value: unknown): value is Readonly<Record<string, number>> {
	return isRecord(value) && isListOf(Object.values(value), MOST_STATUSES, isAmount);
}

function isListOf<Item>(value: unknown, most: number, isItem: (item: unknown) => item is Item): value is Item[] {
	return Array.isArray(value) && value.length <= most && value.every(isItem);
}

function isAmount(value: unknown): value is number {
	return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isAmountOrNull(value: unknown): value is number | null {
	return value === null || isAmount(value);
}
