import { onTestFinished } from 'vitest';
import { DomainLane, type Ticket } from '../../src/lanes/domain-lane.ts';
import type { ResolvedLimits } from '../../src/lanes/domain-limits.ts';
import type { LeasedRequest } from '../../src/store/crawl-store.ts';
import { newRequest } from '../store/requests.ts';

export const FREE: ResolvedLimits = { maxConcurrent: 8, minTime: 0, reservoir: undefined };

/** Leased requests with ids from `first` on. */
export function leasedRequests(count: number, first = 0, domain = 'a.example'): LeasedRequest[] {
	return Array.from({ length: count }, (_, index) => {
		return { ...newRequest(`/${first + index}`, { domain }), id: first + index, retryCount: 0 };
	});
}

/** A lane whose offers pile up until the test takes them. */
export class LaneUnderTest {
	readonly lane: DomainLane;
	readonly blocked: number[] = [];
	hungry = 0;
	offers = 0;

	constructor(limits: Partial<ResolvedLimits> = {}, blockedUntil = 0) {
		this.lane = new DomainLane(
			'a.example',
			{ ...FREE, ...limits },
			{
				blockedUntil,
				events: {
					offer: () => this.offers++,
					hungry: () => this.hungry++,
					blocked: (_, until) => this.blocked.push(until),
				},
			},
		);
		onTestFinished(() => this.lane.stop());
	}

	/** Takes one of the offers. */
	take(): Ticket | undefined {
		this.offers--;
		return this.lane.take();
	}
}

/** What a crawl of a lane was like, measured where requests go out. */
export interface Run {
	readonly ids: number[];
	readonly sentAt: number[];
	readonly mostInFlight: number;
}

/** Works off `total` requests, each of which is in flight for `durationMs`, as a crawler with room for all would. */
export async function workOff(bench: LaneUnderTest, total: number, durationMs: () => number): Promise<Run> {
	const ids: number[] = [];
	const sentAt: number[] = [];
	let pushed = 0;
	let inFlight = 0;
	let mostInFlight = 0;
	let done = 0;
	const end = Date.now() + 15_000;
	while (done < total) {
		if (Date.now() > end) throw new Error(`the lane stalled with ${total - done} of ${total} requests left`);
		const room = Math.min(bench.lane.room, total - pushed);
		if (room > 0) {
			bench.lane.push(leasedRequests(room, pushed));
			pushed += room;
		}
		while (bench.offers > 0) {
			const ticket = bench.take();
			if (ticket === undefined) continue;
			ids.push(ticket.request.id);
			sentAt.push(performance.now());
			ticket.lane.sent(ticket);
			inFlight++;
			mostInFlight = Math.max(mostInFlight, inFlight);
			setTimeout(() => {
				inFlight--;
				done++;
				ticket.lane.release(ticket, { status: 200 });
			}, durationMs());
		}
		await new Promise((resolve) => setImmediate(resolve));
	}
	return { ids, sentAt, mostInFlight };
}

/** The least time between two sends, in milliseconds. */
export function leastGap({ sentAt }: Run): number {
	return sentAt
		.slice(1)
		.reduce((least, at, index) => Math.min(least, at - (sentAt[index] as number)), Number.POSITIVE_INFINITY);
}
