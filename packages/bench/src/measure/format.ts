import type { Summary } from './statistics.ts';

/** Three significant digits below 100, whole numbers with thousands separators above. */
export function formatNumber(value: number): string {
	const digits = value < 100 ? { maximumSignificantDigits: 3 } : { maximumFractionDigits: 0 };
	return value.toLocaleString('en-GB', digits);
}

/** `median (min–max)`, or the value alone where nothing was repeated. */
export function formatSummary({ median, min, max }: Summary): string {
	return min === max ? formatNumber(median) : `${formatNumber(median)} (${formatNumber(min)}–${formatNumber(max)})`;
}

/** Bytes as MB of 1,000,000. */
export function formatMegabytes(bytes: number): string {
	return `${formatNumber(Math.round(bytes / 1e6))} MB`;
}
