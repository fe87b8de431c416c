import type { DownloadProgress } from '@orbweaver/http';
import { duration, size, speed } from './amounts.ts';

const NAME_WIDTH = 24;
const LEAST_BAR = 8;
const MOST_BAR = 30;

/**
 * The line for a file under way, in so many columns: `disk.iso  43% ████░░░░  12 of 28 MiB  2.1 MiB/s  0:08`.
 *
 * @param drawBar draws a part from 0 to 1.
 */
export function barLine(
	title: string,
	{ bytes, total, bytesPerSecond, secondsLeft }: DownloadProgress,
	columns: number,
	drawBar: (part: number, width: number) => string,
): string {
	const name = shortened(title).padEnd(NAME_WIDTH);
	const isKnown = total !== undefined && total > 0;
	const amount = isKnown ? `${size(bytes)} of ${size(total)}` : size(bytes);
	const left = secondsLeft === undefined ? '' : `  ${duration(secondsLeft)}`;
	const end = `${amount.padStart(19)}  ${speed(bytesPerSecond).padStart(10)}${left}`;
	if (!isKnown) return `${name}  ${end}`.slice(0, columns - 1);
	const part = Math.min(1, bytes / total);
	const percentage = `${Math.floor(part * 100)}%`.padStart(4);
	const room = Math.min(MOST_BAR, columns - 1 - name.length - percentage.length - end.length - 4);
	const bar = room < LEAST_BAR ? '' : ` ${drawBar(part, room)}`;
	return `${name} ${percentage}${bar}  ${end}`.slice(0, columns - 1);
}

/** The middle is left out: a name begins with what it is and ends with its kind. */
function shortened(name: string): string {
	if (name.length <= NAME_WIDTH) return name;
	const end = Math.floor(NAME_WIDTH / 2) - 1;
	return `${name.slice(0, NAME_WIDTH - end - 1)}…${name.slice(-end)}`;
}
