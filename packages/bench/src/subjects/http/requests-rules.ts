import type { RequestsAnswer, RequestsJob } from '../../contestants/http-requests/contract.ts';
import type { Measured } from '../../measure/child-process.ts';
import { countColumn, medianColumn, memoryColumn, rangeColumn } from '../result-columns.ts';
import type { TableRules } from '../result-tables.ts';
import { answerFaults, askingCost, askingSpeed, askingUnits } from './asking.ts';

/** One run of many requests. */
export interface RequestsSample extends Measured<RequestsAnswer> {
	/** Requests that the server answered meanwhile. */
	readonly served: number;
}

/**
 * How the runs become a table.
 *
 * @param length characters of one answer.
 */
export function requestsRules(job: RequestsJob, length: number): TableRules<RequestsSample> {
	return {
		columns: [
			countColumn('requests', ({ answer }) => answer.answers),
			rangeColumn(askingUnits.speed, askingSpeed),
			medianColumn('CPU µs/request', (sample) => askingCost(sample) * 1e6),
			memoryColumn('peak memory', ({ maxRssBytes }) => maxRssBytes),
		],
		faults: ({ answer, served }) => {
			const faults = answerFaults(answer, job, length);
			if (served < job.requests) faults.push(`the server answered only ${served} requests`);
			return faults;
		},
		speed: askingSpeed,
		cost: askingCost,
		units: askingUnits,
		comparisons: [
			{ numerator: 'ours', denominator: 'undici', goal: 0.85 },
			{ numerator: 'ours', denominator: 'aiohttp', goal: 3 },
			{ numerator: 'ours', denominator: 'fetch' },
			{ numerator: 'ours', denominator: 'got' },
			{ numerator: 'ours', denominator: 'axios' },
		],
	};
}
