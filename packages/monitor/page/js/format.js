const WHOLE = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const TENTHS = new Intl.NumberFormat('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 });
const CLOCK = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const DAY = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit' });

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];

/** @param {number} value */
export function count(value) {
	return WHOLE.format(value);
}

/**
 * With a tenth below 100.
 *
 * @param {number} value
 */
export function rate(value) {
	return Math.abs(value) < 99.95 ? TENTHS.format(value) : WHOLE.format(value);
}

/** @param {number} value in bytes. */
export function bytes(value) {
	let unit = 0;
	let scaled = value;
	while (scaled >= 1_000 && unit < UNITS.length - 1) {
		scaled /= 1_024;
		unit += 1;
	}
	return `${unit === 0 ? WHOLE.format(scaled) : rate(scaled)} ${UNITS[unit]}`;
}

/**
 * `45 s`, `3 min 20 s`, `2 h 05 min`, `3 d 4 h`.
 *
 * @param {number} value in milliseconds.
 */
export function duration(value) {
	const seconds = Math.max(0, Math.round(value / 1_000));
	const minutes = Math.floor(seconds / 60);
	const hours = Math.floor(minutes / 60);
	if (minutes === 0) return `${seconds} s`;
	if (hours === 0) return `${minutes} min ${two(seconds % 60)} s`;
	if (hours < 48) return `${hours} h ${two(minutes % 60)} min`;
	return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** @param {number | null} value in milliseconds. */
export function milliseconds(value) {
	if (value === null) return '–';
	return value < 10_000 ? `${WHOLE.format(value)} ms` : `${TENTHS.format(value / 1_000)} s`;
}

/**
 * The local time of a day.
 *
 * @param {number} time in milliseconds since 1970.
 */
export function clock(time) {
	return CLOCK.format(time);
}

/**
 * With milliseconds, as lines of a log want it.
 *
 * @param {number} time in milliseconds since 1970.
 */
export function preciseClock(time) {
	return `${CLOCK.format(time)}.${String(Math.abs(time) % 1_000).padStart(3, '0')}`;
}

/** @param {number} time in milliseconds since 1970. */
export function dayAndClock(time) {
	return `${DAY.format(time)} ${CLOCK.format(time)}`;
}

/** @param {number} value */
function two(value) {
	return String(value).padStart(2, '0');
}
