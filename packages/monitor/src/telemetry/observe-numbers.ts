import { metrics, type Observable } from '@opentelemetry/api';
import type { CrawlNumbers } from '../protocol/numbers.ts';
import type { LatestNumbers } from '../sources/numbers-table.ts';

const STATES = ['waiting', 'delayed', 'leased', 'handled', 'failed', 'skipped', 'redirected'] as const;
const OUTCOMES = { finished: 'pagesFinished', failed: 'pagesFailed', retried: 'pagesRetried' } as const;

/**
 * Gives the numbers of all crawls to the OpenTelemetry provider of the process; does nothing when there is none. The
 * histograms are not among them: OpenTelemetry's API takes single values only, and they were counted elsewhere.
 *
 * @returns ends it.
 */
export function observeNumbers(latest: () => readonly LatestNumbers[]): Disposable {
	const meter = metrics.getMeter('@orbweaver/monitor');
	const pages = meter.createObservableCounter('orbweaver.pages', { description: 'Pages by outcome', unit: '{page}' });
	const responses = meter.createObservableCounter('orbweaver.responses', {
		description: 'Responses by status code',
		unit: '{response}',
	});
	const received = meter.createObservableCounter('orbweaver.received', { description: 'Bytes of bodies', unit: 'By' });
	const requests = meter.createObservableGauge('orbweaver.requests', {
		description: 'Requests of the queue by state',
		unit: '{request}',
	});
	const observables: Observable[] = [pages, responses, received, requests];
	const observe: Parameters<typeof meter.addBatchObservableCallback>[0] = (result) => {
		for (const { source, numbers } of latest()) {
			for (const [outcome, name] of Object.entries(OUTCOMES)) {
				result.observe(pages, numbers[name], { source, outcome });
			}
			for (const [status, count] of statusesOf(numbers)) {
				result.observe(responses, count, { source, 'http.response.status_code': status });
			}
			result.observe(received, numbers.bytes, { source });
			for (const state of STATES) result.observe(requests, numbers[state], { source, state });
		}
	};
	meter.addBatchObservableCallback(observe, observables);
	return { [Symbol.dispose]: () => meter.removeBatchObservableCallback(observe, observables) };
}

/** Only status codes become attributes, whatever a publisher sends. */
function statusesOf({ statuses }: CrawlNumbers): readonly (readonly [number, number])[] {
	return Object.entries(statuses).flatMap(([status, count]) =>
		/^[1-5]\d\d$/.test(status) ? [[Number(status), count] as const] : [],
	);
}
