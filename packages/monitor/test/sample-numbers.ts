import { type CrawlNumbers, LATENCY_BOUNDS_MS, SIZE_BOUNDS_BYTES } from '../src/protocol/numbers.ts';

/** The numbers of a crawl, some of them others. */
export function sampleNumbers(others: Partial<CrawlNumbers> = {}): CrawlNumbers {
	return {
		time: 1_764_000_000_000,
		startedAt: 1_763_999_000_000,
		status: 'running',
		waiting: 40,
		delayed: 3,
		leased: 8,
		handled: 120,
		failed: 2,
		skipped: 5,
		redirected: 4,
		pagesFinished: 100,
		pagesFailed: 2,
		pagesRetried: 7,
		bytes: 5_000_000,
		pagesPerSecond: 12.5,
		bytesPerSecond: 250_000,
		etaMs: 4_000,
		domains: [
			{
				name: 'shop.example',
				waiting: 40,
				inFlight: 8,
				rate: 10,
				limit: null,
				p50Ms: 20,
				p95Ms: 90,
				statuses: { 200: 100, 404: 2 },
				blockedUntil: null,
			},
		],
		statuses: { 200: 100, 404: 2 },
		failures: [
			{
				url: 'https://shop.example/gone',
				reason: 'answered 404',
				httpStatus: 404,
				time: 1,
				foundOn: 'https://shop.example/',
			},
		],
		latencyMs: {
			bounds: LATENCY_BOUNDS_MS,
			counts: LATENCY_BOUNDS_MS.map((_, index) => index).concat(1),
			sum: 3_000,
		},
		sizeBytes: { bounds: SIZE_BOUNDS_BYTES, counts: SIZE_BOUNDS_BYTES.map(() => 2).concat(0), sum: 900_000 },
		...others,
	};
}
