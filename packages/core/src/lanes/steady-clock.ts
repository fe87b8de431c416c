/**
 * Milliseconds since the epoch, with fractions, as the clock said when the process started, and the time passed since:
 * a clock that is set right meanwhile, by a person or after a sleep of the machine, makes nobody wait for it.
 */
export function steadyNow(): number {
	return performance.timeOrigin + performance.now();
}

/** What the machine's clock will say at a time of the steady one. */
export function toWallTime(steady: number): number {
	return Date.now() + (steady - steadyNow());
}

/** When it will be that time by the machine's clock. */
export function toSteadyTime(wall: number): number {
	return steadyNow() + (wall - Date.now());
}
