import { nearestName } from '@orbweaver/http';

/**
 * The one of the `known` names that `name` is short for, or else a misspelling of; undefined when none is near, because a
 * guess that is far off sends people the wrong way.
 */
export function closeName(name: string, known: readonly string[]): string | undefined {
	const wanted = name.toLowerCase();
	const longer = known.find((candidate) => candidate.startsWith(wanted));
	if (longer !== undefined || name.length < 3) return longer;
	const nearest = nearestName(name, known);
	return commonLetters(wanted, nearest) * 2 > Math.max(name.length, nearest.length) ? nearest : undefined;
}

/** How many letters two names have in common, wherever they stand. */
function commonLetters(name: string, other: string): number {
	const rest = [...other];
	for (const letter of name) {
		const at = rest.indexOf(letter);
		if (at !== -1) rest.splice(at, 1);
	}
	return other.length - rest.length;
}
