import { peakRssBytes } from './peak-memory.ts';

/** What the work alone cost: the modules were loaded and the process had started before. */
export interface WorkCost {
	/** Wall time. */
	readonly seconds: number;
	/** User and system time of all threads, by the operating system's account. */
	readonly workCpuSeconds: number;
	/** Largest resident set of the process before the work began: what start-up and imports take. */
	readonly importedRssBytes: number;
}

/** Does the work and adds to its answer what it cost. */
export async function withCost<Tally>(work: () => Promise<Tally>): Promise<Tally & WorkCost> {
	const importedRssBytes = peakRssBytes();
	const before = process.cpuUsage();
	const started = performance.now();
	const tally = await work();
	const seconds = (performance.now() - started) / 1000;
	const { user, system } = process.cpuUsage(before);
	return { ...tally, seconds, workCpuSeconds: (user + system) / 1e6, importedRssBytes };
}
