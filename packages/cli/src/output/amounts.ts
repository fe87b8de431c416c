/** `1 page`, `1,234 pages`. */
export function amount(number: number, one: string, many = `${one}s`): string {
	return `${number.toLocaleString('en')} ${number === 1 ? one : many}`;
}

/** `0.8 s`, `7 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
	if (seconds < 0.95) return `${seconds.toFixed(1)} s`;
	const whole = Math.round(seconds);
	if (whole < 60) return `${whole} s`;
	if (whole < 3_600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
	return `${Math.floor(whole / 3_600)} h ${Math.floor((whole % 3_600) / 60)} min`;
}

/** `3.4` below ten, else without a fraction. */
export function perSecond(rate: number): string {
	return `${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`;
}

const UNITS = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];

/** `120 bytes`, `1.5 KiB`. */
export function size(bytes: number): string {
	let value = bytes;
	let unit = 0;
	while (value >= 1_023.5 && unit < UNITS.length - 1) {
		value /= 1_024;
		unit += 1;
	}
	return `${unit > 0 && value < 9.95 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

/** `12.5%`. */
export function share(part: number, whole: number): string {
	return whole === 0 ? '0%' : `${((part / whole) * 100).toFixed(part === whole ? 0 : 1)}%`;
}
