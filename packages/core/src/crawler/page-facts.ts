import { retryCountOf } from './next-try.ts';
import type { PageRun } from './page-run.ts';
import type { Job } from './page-statistics.ts';

/** What Crawlee's statistics know a page by, whatever its handler has made of the request. */
export function jobOf(run: PageRun): Job {
	return { uniqueKey: run.ticket.request.uniqueKey, retryCount: retryCountOf(run) };
}

/** Where the page was loaded from, when that is not what was asked for. */
export function loadedElsewhere(loadedUrl: string | undefined, { ticket }: PageRun): string | undefined {
	return loadedUrl === ticket.request.url ? undefined : loadedUrl;
}

/** The status of the answer that the try has had, if any. */
export function statusOf({ page }: PageRun, error: Error): number | undefined {
	const status = page?.response.statusCode ?? property(error, 'statusCode');
	return Number.isSafeInteger(status) ? (status as number) : undefined;
}

/** What an error says of itself beside its message; nothing when it cannot be read. */
export function property(error: Error, name: 'code' | 'statusCode'): unknown {
	try {
		return (error as Error & Partial<Record<typeof name, unknown>>)[name];
	} catch {
		return undefined;
	}
}
