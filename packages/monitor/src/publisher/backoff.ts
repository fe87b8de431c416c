const FIRST_MS = 250;
const MOST_MS = 10_000;

/**
 * The wait before another try: a quarter of a second, doubled each time, at most ten; a random part of its upper half is
 * left out, so that many publishers do not come back at once.
 *
 * @param failures tries that failed in a row, from 1.
 * @param random from 0 to 1.
 */
export function backoffMs(failures: number, random: number): number {
	const whole = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 16));
	return whole - (whole / 2) * random;
}
