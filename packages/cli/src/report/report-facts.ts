import {
	CrawlReader,
	type FailedRequest,
	type SlowPage,
	type StoreCounts,
	type TimeSlot,
} from '@orbweaver/core/storage-file';
import { byKey } from '../inspect/by-key.ts';

/** How many of each are read: however large a crawl is, its report is one that a browser can show. */
const MOST = { domains: 50, depths: 50, failures: 200, slowest: 20, slots: 60 };

/** What a report tells of a crawl. */
export interface ReportFacts {
	readonly storage: string;
	/** Milliseconds since the epoch. */
	readonly madeAt: number;
	readonly counts: StoreCounts;
	readonly datasets: readonly { readonly name: string; readonly itemCount: number }[];
	readonly httpStatuses: readonly { readonly httpStatus: number | undefined; readonly count: number }[];
	/** The largest ones. */
	readonly domains: ReadonlyMap<string, StoreCounts>;
	readonly depths: ReadonlyMap<number, StoreCounts>;
	readonly timeline: readonly TimeSlot[];
	readonly slowest: readonly SlowPage[];
	/** The first ones. */
	readonly failures: readonly FailedRequest[];
}

/** Reads them from a storage file, also beside the crawl; memory does not grow with it. */
export function reportFacts(storage: string): ReportFacts {
	using reader = CrawlReader.open(storage);
	return {
		storage,
		madeAt: Date.now(),
		counts: reader.counts(),
		datasets: reader.datasets(),
		httpStatuses: reader.httpStatuses(),
		domains: byKey(reader.domains(MOST.domains)),
		depths: byKey(reader.depths(MOST.depths)),
		timeline: reader.timeline(MOST.slots),
		slowest: reader.slowest(MOST.slowest),
		failures: reader.failed(MOST.failures),
	};
}
