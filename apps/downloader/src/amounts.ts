const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'];

/** `512 B`, `4.0 KiB`, `28 MiB`. */
export function size(bytes: number): string {
	let value = bytes;
	let unit = 0;
	while (value >= 999.5 && unit < UNITS.length - 1) {
		value /= 1024;
		unit += 1;
	}
	return `${value < 9.95 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${UNITS[unit]}`;
}

/** `28 MiB/s`. */
export function speed(bytesPerSecond: number): string {
	return `${size(bytesPerSecond)}/s`;
}

/** `0:07`, `3:20`, `2:05:00`. */
export function duration(seconds: number): string {
	const whole = Math.round(seconds);
	const [hours, minutes, rest] = [Math.floor(whole / 3_600), Math.floor(whole / 60) % 60, whole % 60];
	const end = String(rest).padStart(2, '0');
	return hours === 0 ? `${minutes}:${end}` : `${hours}:${String(minutes).padStart(2, '0')}:${end}`;
}

/** `1 file`, `2 files`. */
export function count(number: number, one: string): string {
	return `${number} ${number === 1 ? one : `${one}s`}`;
}
