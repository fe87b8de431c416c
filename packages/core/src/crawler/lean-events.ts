import { availableParallelism, totalmem } from 'node:os';
import { EventManager, SYSTEM_INFO } from '../crawlee.ts';

/**
 * Crawlee's event manager without its price: what the autoscaling needs to know of the machine comes from the process
 * itself. Crawlee's own starts a `ps` every second to add up the memory of child processes, of which we have none.
 */
export class LeanEvents extends EventManager {
	#timer: NodeJS.Timeout | undefined;

	override async init(): Promise<void> {
		if (this.isInitialized()) return;
		await super.init();
		let before = process.cpuUsage();
		let beforeAt = performance.now();
		this.#timer = setInterval(() => {
			const usage = process.cpuUsage(before);
			const elapsedUs = (performance.now() - beforeAt) * 1_000;
			before = process.cpuUsage();
			beforeAt = performance.now();
			this.emit(SYSTEM_INFO, {
				createdAt: new Date(),
				memTotalBytes: process.constrainedMemory() || totalmem(),
				memCurrentBytes: process.memoryUsage.rss(),
				isCpuOverloaded: usage.user + usage.system > elapsedUs * availableParallelism() * 0.95,
			});
		}, 1_000);
		this.#timer.unref();
	}

	override async close(): Promise<void> {
		clearInterval(this.#timer);
		await super.close();
	}
}

/** The memory that autoscaling may count on, in MB: half of what the machine or its container has. */
export function memoryBudgetMbytes(): number {
	const total = Math.min(process.constrainedMemory() || Number.POSITIVE_INFINITY, totalmem());
	return Math.floor(total / 2 / 2 ** 20);
}
