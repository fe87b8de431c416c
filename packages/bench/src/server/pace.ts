/** How fast one domain was asked. */
export interface Pace {
	readonly requests: number;
	/** From the first request to the last, divided by the steps between them; missing when there was one request. */
	readonly meanGapMs?: number;
	/** Between two that came one after another. */
	readonly smallestGapMs?: number;
}

/** @param arrivals when each request came, in milliseconds, in order. */
export function paceOf(arrivals: readonly number[]): Pace {
	const gaps = arrivals.slice(1).map((at, index) => at - (arrivals[index] as number));
	if (gaps.length === 0) return { requests: arrivals.length };
	const sum = gaps.reduce((total, gap) => total + gap, 0);
	return { requests: arrivals.length, meanGapMs: sum / gaps.length, smallestGapMs: Math.min(...gaps) };
}
