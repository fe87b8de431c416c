import type { RequestsAnswer, RequestsJob } from '../../contestants/http-requests/contract.ts';
import type { Measured } from '../../measure/child-process.ts';
import { countColumn, medianColumn, rangeColumn } from '../result-columns.ts';
import type { TableRules } from '../result-tables.ts';
import { answerFaults, askingCost, askingSpeed, askingUnits } from './asking.ts';

/** One run of the tutorial's table. */
export interface TutorialSample extends Measured<RequestsAnswer> {
	readonly job: RequestsJob;
	/** Requests that the server answered meanwhile. */
	readonly served: number;
	/** Requests that the server had to answer at the same time, at most. */
	readonly peakInFlight: number;
}

/**
 * How the runs become a table.
 *
 * @param length characters of one answer.
 */
export function tutorialRules(length: number): TableRules<TutorialSample> {
	return {
		columns: [
			rangeColumn('wall s', ({ answer }) => answer.seconds),
			medianColumn('CPU s', ({ answer }) => answer.workCpuSeconds),
			medianColumn('MB above imports', ({ maxRssBytes, answer }) => (maxRssBytes - answer.importedRssBytes) / 1e6),
			countColumn('peak in flight', ({ peakInFlight }) => peakInFlight),
		],
		faults: (sample) => tutorialFaults(sample, length),
		speed: askingSpeed,
		cost: askingCost,
		units: askingUnits,
		comparisons: [
			{ numerator: 'ours', denominator: 'requests' },
			{ numerator: 'ours', denominator: 'requests-threads' },
			{ numerator: 'ours', denominator: 'aiohttp' },
			{ numerator: 'ours', denominator: 'undici' },
		],
	};
}

function tutorialFaults({ answer, job, served, peakInFlight }: TutorialSample, length: number): string[] {
	const faults = answerFaults(answer, job, length);
	if (served !== job.requests) faults.push(`the server answered ${served} requests instead of ${job.requests}`);
	if (peakInFlight > job.concurrency) {
		faults.push(`the server had ${peakInFlight} requests at once, more than ${job.concurrency}`);
	}
	return faults;
}
