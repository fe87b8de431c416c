import type { FileFacts } from '../../site/large-file.ts';
import { medianColumn, memoryColumn, rangeColumn } from '../result-columns.ts';
import type { TableRules } from '../result-tables.ts';

/** One download as measured from outside. */
export interface DownloadSample {
	/** Of the download: without start-up on Node, with it where the contestant is a program. */
	readonly seconds: number;
	readonly workCpuSeconds: number;
	readonly maxRssBytes: number;
	/** The file at the end. */
	readonly file: FileFacts;
}

/**
 * How the runs become a table.
 *
 * @param whole the file that is served.
 */
export function downloadRules(whole: FileFacts): TableRules<DownloadSample> {
	const speed = ({ file, seconds }: DownloadSample): number => file.bytes / 1e6 / seconds;
	return {
		columns: [
			rangeColumn('MB/s', speed),
			medianColumn('wall s', ({ seconds }) => seconds),
			medianColumn('CPU s', ({ workCpuSeconds }) => workCpuSeconds),
			memoryColumn('peak memory', ({ maxRssBytes }) => maxRssBytes),
		],
		faults: ({ file }) => fileFaults(file, whole),
		speed,
		cost: ({ workCpuSeconds }) => workCpuSeconds,
		units: { speed: 'MB/s', cost: 'CPU' },
		comparisons: [
			{ numerator: 'ours', denominator: 'undici', goal: 0.9 },
			{ numerator: 'ours', denominator: 'ours-fsync' },
			{ numerator: 'ours', denominator: 'curl' },
			{ numerator: 'ours', denominator: 'wget' },
			{ numerator: 'ours', denominator: 'aria2' },
			{ numerator: 'ours-4', denominator: 'aria2-4' },
		],
	};
}

/** What a file lacks of being the one that is served; empty if it is that. */
function fileFaults(file: FileFacts, whole: FileFacts): string[] {
	if (file.bytes !== whole.bytes) return [`the file has ${file.bytes} bytes of ${whole.bytes}`];
	return file.sha256 === whole.sha256 ? [] : ['the file has other bytes than the one that is served'];
}
