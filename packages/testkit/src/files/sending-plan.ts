import type { FileFaults } from './file-faults.ts';

/** How the body of one response is sent. */
export interface SendingPlan {
	/** How many bytes of it. */
	readonly bytes: number;
	/** What comes after them: the proper end, a cut of the connection, or silence. */
	readonly ending: 'end' | 'cut' | 'stall';
	/** The most bytes to send at a time. */
	readonly stepBytes: number;
	/** How long to wait after each step. */
	readonly stepMs: number;
}

const fullStepBytes = 64 * 1024;
const stepsPerSecond = 20;

/**
 * @param length how long the body is.
 * @param cuts how many responses were cut before.
 */
export function sendingPlan(length: number, faults: FileFaults, cuts: number): SendingPlan {
	const { cutTimes = Infinity, cutAfter = Infinity, stallAfter = Infinity, chunked = false } = faults;
	const cutAt = cuts < cutTimes ? cutAfter : Infinity;
	const stop = Math.min(cutAt, stallAfter);
	// A chunked body is over with its last chunk only, so that one can be stopped after its last byte, too.
	const stops = chunked ? stop <= length : stop < length;
	return {
		bytes: stops ? stop : length,
		ending: stops ? (cutAt <= stallAfter ? 'cut' : 'stall') : 'end',
		...pace(faults.bytesPerSecond),
	};
}

function pace(bytesPerSecond: number | undefined): Pick<SendingPlan, 'stepBytes' | 'stepMs'> {
	if (bytesPerSecond === undefined) return { stepBytes: fullStepBytes, stepMs: 0 };
	const stepBytes = Math.min(fullStepBytes, Math.max(1, Math.floor(bytesPerSecond / stepsPerSecond)));
	return { stepBytes, stepMs: (stepBytes / bytesPerSecond) * 1000 };
}
