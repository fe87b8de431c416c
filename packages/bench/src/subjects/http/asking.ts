import type { RequestsAnswer, RequestsJob } from '../../contestants/http-requests/contract.ts';
import { type NodeAsker, nodeAskers, type PythonAsker, pythonAskers } from '../../contestants/http-requests/names.ts';
import { type Measured, runChild } from '../../measure/child-process.ts';
import type { Need } from '../../peers/attend.ts';
import { axios } from '../../peers/axios.ts';
import { got } from '../../peers/got.ts';

/** A contestant of `src/contestants/http-requests`. */
export type AskerName = NodeAsker | PythonAsker;

const folder = new URL('../../contestants/http-requests/', import.meta.url);

/** What an asker cannot do without; undefined if it is always there. */
export function needOfAsker(asker: AskerName): Need | undefined {
	if (!isNodeAsker(asker)) return { kind: 'python', module: pythonAskers[asker] };
	if (asker === 'got') return { kind: 'peer', peer: got };
	if (asker === 'axios') return { kind: 'peer', peer: axios };
	return undefined;
}

/** Whether it runs on Node; the others run on Python. */
export function isNodeAsker(asker: AskerName): asker is NodeAsker {
	return nodeAskers.some((name) => name === asker);
}

/** What to run, and with what. */
export interface AskerRun {
	readonly asker: AskerName;
	readonly job: RequestsJob;
	readonly nodeArguments: readonly string[];
	/** The Python that was found for it; undefined if it runs on Node. */
	readonly program: string | undefined;
}

/** Runs an asker in a process of its own. */
export function runAsker({ asker, ...run }: AskerRun): Promise<Measured<RequestsAnswer>> {
	const script = new URL(isNodeAsker(asker) ? 'child.ts' : 'python.py', folder);
	return runChild({ script, name: asker, ...run });
}

/**
 * Why the answers of an asker are not those of its job; empty if they are.
 *
 * @param length characters of one answer.
 */
export function answerFaults(answer: RequestsAnswer, { requests }: RequestsJob, length: number): string[] {
	const { answers, characters } = answer;
	const faults: string[] = [];
	if (answers !== requests) faults.push(`read ${answers} answers of ${requests}`);
	if (characters !== requests * length) faults.push(`read ${characters} characters of ${requests * length}`);
	return faults;
}

/** Answers a second. */
export function askingSpeed({ answer: { answers, seconds } }: Measured<RequestsAnswer>): number {
	return answers / seconds;
}

/** CPU seconds for an answer, without start-up. */
export function askingCost({ answer: { answers, workCpuSeconds } }: Measured<RequestsAnswer>): number {
	return workCpuSeconds / answers;
}

/** What the two are called. */
export const askingUnits = { speed: 'requests/s', cost: 'CPU/request' } as const;
