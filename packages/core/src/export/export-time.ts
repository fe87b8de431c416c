import { inspect } from 'node:util';
import { InvalidOptionError } from '../errors.ts';

/** A moment: a `Date`, milliseconds since the epoch, or an ISO 8601 date or time, in UTC where it names no other zone. */
export type ExportTime = Date | string | number;

/** What a `Date` can be. */
const FURTHEST_MS = 8.64e15;

const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)?)?$/i;

/**
 * The moment in milliseconds since the epoch.
 *
 * @param name what a message calls the option.
 * @throws InvalidOptionError for what is no moment.
 */
export function exportTime(name: string, time: ExportTime): number {
	const ms = typeof time === 'string' ? parseIso(time) : Number(time);
	if (Math.abs(ms) <= FURTHEST_MS) return ms;
	throw new InvalidOptionError(
		`${name} must be a date or time such as 2026-01-31 or 2026-01-31T12:00Z, got ${inspect(time)}.`,
	);
}

function parseIso(text: string): number {
	const [found, year, month, day, zone] = ISO.exec(text.trim()) ?? [];
	if (found === undefined || !isDay(Number(year), Number(month), Number(day))) return Number.NaN;
	const hasTime = found.length > '2026-01-31'.length;
	// A time without a zone would be read as one of this machine's, the times in the storage are UTC.
	return Date.parse(hasTime && zone === undefined ? `${found}Z` : found);
}

/** `Date` takes the 30th of February for the 2nd of March. */
function isDay(year: number, month: number, day: number): boolean {
	const date = new Date(Date.UTC(year, month - 1, day));
	return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
