import type { BasicCrawler } from '../crawlee.ts';
import type { RequestQueue } from '../queue/request-queue.ts';
import type { RequestHistory } from '../store/request-history.ts';
import type { MonitoredParts } from './monitored-run.ts';

/** What a monitor sees of a crawler, and what it may do with it. */
export function monitoredParts(
	crawler: Pick<BasicCrawler, 'log' | 'autoscaledPool' | 'stop'> & {
		history(url: string): Promise<RequestHistory | undefined>;
	},
	queue: RequestQueue,
	source: string,
): MonitoredParts {
	return {
		source,
		log: crawler.log,
		counts: () => queue.counts(),
		lanes: () => queue.lanes(),
		history: (url) => crawler.history(url),
		// Not awaited: it ends when the pages in flight have.
		pause: () => void crawler.autoscaledPool?.pause(),
		resume: () => {
			crawler.autoscaledPool?.resume();
			void crawler.autoscaledPool?.notify();
		},
		stop: () => {
			crawler.autoscaledPool?.resume(); // a paused pool does not wait for its pages
			crawler.stop('Stopped from the monitor: finishing the pages in flight.');
		},
	};
}
