import { formatMegabytes, formatNumber, formatSummary } from '../measure/format.ts';
import { median, summarise } from '../measure/statistics.ts';
import type { Column } from '../measure/table.ts';

/** A column of figures, and how a contestant's samples (at least one) fill it. */
export interface ResultColumn<Sample> extends Column {
	readonly cell: (samples: readonly Sample[]) => string;
}

type Pick<Sample> = (sample: Sample) => number;

/** The median of a figure. */
export function medianColumn<Sample>(title: string, pick: Pick<Sample>): ResultColumn<Sample> {
	return { title, align: 'right', cell: (samples) => formatNumber(median(samples.map(pick))) };
}

/** The median of a figure, and the smallest and the largest value. */
export function rangeColumn<Sample>(title: string, pick: Pick<Sample>): ResultColumn<Sample> {
	return {
		title: `${title} (min–max)`,
		align: 'right',
		cell: (samples) => formatSummary(summarise(samples.map(pick))),
	};
}

/** The median of an amount of memory. */
export function memoryColumn<Sample>(title: string, pick: Pick<Sample>): ResultColumn<Sample> {
	return { title, align: 'right', cell: (samples) => formatMegabytes(median(samples.map(pick))) };
}

/** A count that is the same in every round, or all that there were. */
export function countColumn<Sample>(title: string, pick: Pick<Sample>): ResultColumn<Sample> {
	return { title, align: 'right', cell: (samples) => [...new Set(samples.map(pick))].join(', ') };
}
