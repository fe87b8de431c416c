const FIRST_MS = 500;
const MOST_MS = 15_000;

/**
 * How long to wait before the next try: twice as long after each failure, 15 s at most, and random by a quarter so that
 * many pages do not all come back at once.
 *
 * @param {number} failures in a row, from 1.
 * @param {number} random from 0 to 1.
 * @returns {number} milliseconds.
 */
export function backoffMs(failures, random) {
	const full = Math.min(MOST_MS, FIRST_MS * 2 ** (failures - 1));
	return Math.round(full * (0.75 + random / 4));
}
