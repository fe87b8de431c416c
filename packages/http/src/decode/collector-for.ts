import { BodyCollector, type CollectorEvents } from './body-collector.ts';
import type { Coding } from './content-codings.ts';
import { PrefixCollector } from './prefix-collector.ts';

/** Takes the pieces of one body as they arrive. */
export type Collector = BodyCollector | PrefixCollector;

/** The collector for a body with these codings that may be `limitBytes` long, or is cut at that. */
export function collectorFor(
	codings: readonly Coding[],
	limitBytes: number,
	overflow: 'error' | 'truncate',
	events: CollectorEvents,
): Collector {
	return overflow === 'truncate' && codings.length <= 1
		? new PrefixCollector(codings[0], limitBytes, events)
		: new BodyCollector(codings, limitBytes, events);
}
