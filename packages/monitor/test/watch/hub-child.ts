// A hub in a process of its own, so that its memory can be weighed: the parent says how many lines, and gets the result.
import { startMonitor } from '../../src/start-monitor.ts';

/** What the parent asks for. */
export interface Burst {
	readonly lines: number;
	readonly linesPerSecond: number;
}

/** What the parent gets: the URL first, then, once for each burst, what it cost. */
export type Report =
	| { readonly url: string }
	| {
			readonly growthBytes: number;
			readonly missed: number;
			readonly longestPublishMs: number;
			readonly tookMs: number;
	  };

const BATCH_MS = 10;
const monitor = await startMonitor({ bufferEntries: 10_000, bufferBytes: 4 * 1024 * 1024 });
tell({ url: monitor.url });
process.on('message', (burst: Burst) => void publish(burst).then(tell));
process.on('disconnect', () => process.exit());

async function publish({ lines, linesPerSecond }: Burst): Promise<Report> {
	const before = weigh();
	const startedAt = performance.now();
	let most = before;
	let longestPublishMs = 0;
	for (let sent = 0, batches = 0; sent < lines; batches++) {
		// As many as the clock says, so that a rate is kept to although timers are late.
		const due = Math.min(lines, Math.ceil(((performance.now() - startedAt + BATCH_MS) / 1_000) * linesPerSecond));
		const entries = Array.from({ length: due - sent }, (_, index) => lineOf(sent + index + 1));
		const at = performance.now();
		monitor.publish(entries);
		longestPublishMs = Math.max(longestPublishMs, performance.now() - at);
		sent = due;
		if (batches % 50 === 49) most = Math.max(most, weigh());
		await new Promise((resolve) => setTimeout(resolve, BATCH_MS));
	}
	const tookMs = performance.now() - startedAt;
	most = Math.max(most, weigh());
	const metrics = await (await fetch(`${monitor.url}/metrics`)).text();
	const missed = Number(/^orbweaver_monitor_missed_total (\d+)$/m.exec(metrics)?.[1]);
	return { growthBytes: most - before, missed, longestPublishMs, tookMs };
}

function lineOf(number: number) {
	const text = `GET https://shop.example/products/${number} answered 200 in ${number % 300} ms`;
	return { source: 'shop', domain: 'shop.example', text, fields: { url: `https://shop.example/products/${number}` } };
}

/** What is alive, in the heap and outside: what waits for watchers lies outside. */
function weigh(): number {
	globalThis.gc?.();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}

function tell(report: Report): void {
	process.send?.(report);
}
