import type { DownloadProgress } from '@orbweaver/http';
import { duration, size, speed } from './amounts.ts';

const MOST_NAME = 24;
const LEAST_NAME = 12;
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
	const isKnown = total !== undefined && total > 0;
	const part = isKnown ? Math.min(1, bytes / total) : 0;
	const percentage = isKnown ? ` ${`${Math.floor(part * 100)}%`.padStart(4)}` : '';
	const amount = (isKnown ? `${size(bytes)} of ${size(total)}` : size(bytes)).padStart(19);
	const rate = speed(bytesPerSecond).padStart(10);
	const left = secondsLeft === undefined ? [] : [duration(secondsLeft)];
	const room = columns - 1 - percentage.length;
	// Where it is narrow, the amount is the first to go, and then the speed.
	const ends = [[amount, rate, ...left], [rate, ...left], left].map((parts) =>
		parts.map((text) => `  ${text}`).join(''),
	);
	const end = ends.find((text) => text.length + LEAST_NAME <= room) ?? '';
	const nameWidth = Math.max(0, Math.min(MOST_NAME, room - end.length));
	const name = shortened(title, nameWidth).padEnd(nameWidth);
	const barWidth = isKnown ? Math.min(MOST_BAR, room - nameWidth - end.length - 1) : 0;
	const bar = barWidth < LEAST_BAR ? '' : ` ${drawBar(part, barWidth)}`;
	return `${name}${percentage}${bar}${end}`;
}

/** The middle is left out: a name begins with what it is and ends with its kind. */
function shortened(name: string, width: number): string {
	if (name.length <= width) return name;
	if (width < 4) return name.slice(0, width);
	const end = Math.floor(width / 2) - 1;
	return `${name.slice(0, width - end - 1)}…${name.slice(-end)}`;
}
