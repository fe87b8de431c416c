/**
 * How long a `Retry-After` header asks to wait, in milliseconds from `now`; undefined when it says nothing usable.
 *
 * Both forms of RFC 9110 §10.2.3: a number of seconds, or an HTTP date (a past one means no wait).
 */
export function parseRetryAfter(value: string | readonly string[] | undefined, now: number): number | undefined {
	const text = (typeof value === 'string' ? value : value?.[0])?.trim();
	if (text === undefined || text === '') return undefined;
	if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1_000;
	// Only dates with a day name: Date.parse would also take "-5" for the year 2001.
	const isDate = /^[A-Za-z]{3,9},? /.test(text);
	// asctime's format names no zone and means GMT; Date.parse would take it for our own.
	const date = isDate ? Date.parse(/\d{4}$/.test(text) ? `${text} GMT` : text) : Number.NaN;
	return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
