import { InvalidRequestError } from './errors.ts';
import { isRecord, kindOf } from './kind-of.ts';

/**
 * Refuses a misspelt option instead of ignoring it.
 *
 * @throws InvalidRequestError naming the unknown option and the nearest valid one, or what was given instead of options.
 */
export function requireKnownNames(owner: string, options: object, known: readonly string[]): void {
	if (!isRecord(options)) {
		throw new InvalidRequestError(`${owner} was given a value that is ${kindOf(options)}: give an object of options.`);
	}
	for (const name of Object.keys(options)) {
		if (known.includes(name)) continue;
		const near = closeName(name, known);
		const guess = near === undefined ? '.' : `: did you mean "${near}"?`;
		throw new InvalidRequestError(`${owner} has no option "${name}"${guess} Valid names: ${known.join(', ')}.`);
	}
}

/** The one that is close enough to be meant: a guess that is far off sends people the wrong way. */
function closeName(name: string, known: readonly string[]): string | undefined {
	const nearest = nearestName(name, known);
	const [short, long] = [name.toLowerCase(), nearest.toLowerCase()].sort((a, b) => a.length - b.length);
	const isPart = short !== undefined && short.length > 2 && (long?.startsWith(short) ?? false);
	return isPart || editDistance(name.toLowerCase(), nearest.toLowerCase()) <= Math.max(2, name.length / 3)
		? nearest
		: undefined;
}

/** The one of the `known` names that `name` most likely was meant to be. */
export function nearestName(name: string, known: readonly string[]): string {
	const wanted = name.toLowerCase();
	let nearest = '';
	let least = Number.POSITIVE_INFINITY;
	for (const candidate of known) {
		const distance = editDistance(wanted, candidate.toLowerCase());
		if (distance < least) {
			least = distance;
			nearest = candidate;
		}
	}
	return nearest;
}

/** Levenshtein's distance, one row at a time. */
function editDistance(from: string, to: string): number {
	let row = Array.from({ length: to.length + 1 }, (_, index) => index);
	for (let i = 1; i <= from.length; i++) {
		const next = [i];
		for (let j = 1; j <= to.length; j++) {
			const substituted = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
			next.push(Math.min(substituted, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
		}
		row = next;
	}
	return row[to.length] ?? 0;
}
