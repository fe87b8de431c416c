import { nearestName } from '@orbweaver/http';
import { MonitorError } from './errors.ts';

/** @throws MonitorError naming an unknown option and the nearest valid one. */
export function requireKnownOptions(owner: string, options: object, known: readonly string[]): void {
	for (const name of Object.keys(options)) {
		if (known.includes(name)) continue;
		const nearest = nearestName(name, known);
		throw optionError(`${owner} has no option "${name}": did you mean "${nearest}"? Valid names: ${known.join(', ')}.`);
	}
}

/** @throws MonitorError unless `value` is a whole number from `least` to `most`. */
export function wholeNumber(name: string, value: unknown, least: number, most: number): number {
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) return value;
	throw optionError(`${name} is ${String(value)}: give a whole number from ${least} to ${most}.`);
}

/** @throws MonitorError unless `value` is a text with something in it. */
export function filledText(name: string, value: unknown): string {
	if (typeof value === 'string' && value.trim() !== '') return value;
	throw optionError(`${name} is ${JSON.stringify(value) ?? String(value)}: give a text.`);
}

/** An option that cannot be used. */
export function optionError(message: string): MonitorError {
	return new MonitorError('ORB_MONITOR_OPTION', message);
}
