import type { StepCost } from './contract.ts';
import { type MadeLink, madeLink, madeLinks, mix, siteOf } from './made-links.ts';
import { type QueueStepName, queueSteps } from './names.ts';

/** What a contestant hands out. */
interface OfDomain {
	readonly domain: string;
}

/** A queue as the work sees it. */
export interface QueueUnderTest<Taken extends OfDomain> {
	add(links: readonly MadeLink[]): Promise<void>;
	/** `count` requests that wait. */
	take(count: number): Promise<Taken[]>;
	/** Finishes requests, each with the links of its page: none where `links` has none. */
	finish(taken: readonly Taken[], links: readonly (readonly MadeLink[])[]): Promise<void>;
}

/** How many are added, taken and finished in a turn: the queue is never fuller than by these. */
export const turn = 2_000;
/** What `addRequestsBatched` stores together, in ours and in Crawlee's queue. */
const batch = 1_000;

/** Every so many pages have links, this many, of which so many are new, and most of these on the page's own site. */
const pageEvery = 20;
const linksOfPage = 60;
const newOfPage = 10;
const newOnOwnSite = 8;

/** Fills the queue. */
export async function fill<Taken extends OfDomain>(queue: QueueUnderTest<Taken>, urls: number): Promise<StepCost> {
	return costOf(urls, async () => {
		for (let first = 0; first < urls; first += batch) {
			await queue.add(madeLinks(first, Math.min(batch, urls - first)));
		}
	});
}

/**
 * Adds, takes and finishes `requests` while `urls` others wait, as a crawl does: half of what is added comes in batches,
 * half with the pages that were finished. What is to be stored is made before the clock runs.
 */
export async function work<Taken extends OfDomain>(
	queue: QueueUnderTest<Taken>,
	{ urls, requests }: { urls: number; requests: number },
): Promise<Record<QueueStepName, StepCost>> {
	const costs = Object.fromEntries(queueSteps.map((step) => [step, []])) as unknown as Record<
		QueueStepName,
		StepCost[]
	>;
	let next = urls;
	for (let done = 0; done < requests; done += turn) {
		const batches: MadeLink[][] = [];
		for (let added = 0; added < turn / 2; added += batch) {
			batches.push(madeLinks(next, batch));
			next += batch;
		}
		costs.add.push(
			await costOf(turn / 2, async () => {
				for (const links of batches) await queue.add(links);
			}),
		);
		let taken: Taken[] = [];
		costs.take.push(
			await costOf(turn, async () => {
				taken = await queue.take(turn);
			}),
		);
		const withLinks = taken.slice(0, turn / pageEvery);
		const pages = withLinks.map(({ domain }) => {
			next += newOfPage;
			return pageLinks(next - newOfPage, siteOf(domain), urls);
		});
		costs.links.push(await costOf(pages.length * linksOfPage, () => queue.finish(withLinks, pages)));
		const others = taken.slice(withLinks.length);
		costs.finish.push(await costOf(others.length, () => queue.finish(others, [])));
	}
	return Object.fromEntries(queueSteps.map((step) => [step, sum(costs[step])])) as Record<QueueStepName, StepCost>;
}

function pageLinks(next: number, site: number, urls: number): MadeLink[] {
	const known = Array.from({ length: linksOfPage - newOfPage }, (_, index) => madeLink(mix(next * 64 + index) % urls));
	return [
		...madeLinks(next, newOnOwnSite, site),
		...madeLinks(next + newOnOwnSite, newOfPage - newOnOwnSite),
		...known,
	];
}

async function costOf(count: number, run: () => Promise<void>): Promise<StepCost> {
	const before = process.cpuUsage();
	const started = performance.now();
	await run();
	const seconds = (performance.now() - started) / 1000;
	const { user, system } = process.cpuUsage(before);
	return { count, seconds, cpuSeconds: (user + system) / 1e6 };
}

function sum(costs: readonly StepCost[]): StepCost {
	return costs.reduce((total, cost) => ({
		count: total.count + cost.count,
		seconds: total.seconds + cost.seconds,
		cpuSeconds: total.cpuSeconds + cost.cpuSeconds,
	}));
}
