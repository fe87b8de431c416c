import type { Histogram } from '../protocol/numbers.ts';

type Labels = Readonly<Record<string, string>>;

/** One value of a metric. */
export interface Sample {
	readonly labels: Labels;
	readonly value: number;
}

/** One distribution of a metric. */
export interface HistogramSample {
	readonly labels: Labels;
	readonly histogram: Histogram;
	/** What a value is multiplied with to get the unit of the metric's name. */
	readonly scale: number;
}

/**
 * Prometheus' text format 0.0.4. Written by hand: prom-client counts by itself and cannot be given a histogram that was
 * counted elsewhere.
 */
export class Exposition {
	readonly #lines: string[] = [];

	add(type: 'counter' | 'gauge', name: string, help: string, samples: readonly Sample[]): void {
		this.#head(type, name, help);
		for (const { labels, value } of samples) this.#sample(name, labels, value);
	}

	addHistogram(name: string, help: string, samples: readonly HistogramSample[]): void {
		this.#head('histogram', name, help);
		for (const { labels, histogram, scale } of samples) {
			let count = 0;
			for (const [index, amount] of histogram.counts.entries()) {
				count += amount;
				const bound = histogram.bounds[index];
				// Seven digits, or 0.025 would become 0.025000000000000001.
				const le = bound === undefined ? '+Inf' : String(Number((bound * scale).toPrecision(7)));
				this.#sample(`${name}_bucket`, { ...labels, le }, count);
			}
			this.#sample(`${name}_sum`, labels, histogram.sum * scale);
			this.#sample(`${name}_count`, labels, count);
		}
	}

	toString(): string {
		return `${this.#lines.join('\n')}\n`;
	}

	#head(type: string, name: string, help: string): void {
		this.#lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`);
	}

	#sample(name: string, labels: Labels, value: number): void {
		const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escaped(text)}"`);
		this.#lines.push(`${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}`);
	}
}

function escaped(text: string): string {
	return text.replace(/\\/g, '\\\\').replace(/"/g, '\\"').replace(/\n/g, '\\n');
}
