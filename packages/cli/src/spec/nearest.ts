/**
 * The name that was probably meant: the one it is the beginning of, or a misspelling. Undefined where none is near,
 * because a guess that is far off sends people the wrong way.
 */
export async function nearest(given: string, names: readonly string[]): Promise<string | undefined> {
	const wanted = given.toLowerCase();
	const begun = names.filter((name) => wanted.length > 1 && name.startsWith(wanted));
	if (begun.length === 1) return begun[0];
	// Loaded for mistakes only: the client takes longer to load than this whole command.
	const { nearestName } = await import('@orbweaver/http');
	const name = nearestName(wanted, names);
	return lettersInCommon(wanted, name) * 3 >= Math.max(wanted.length, name.length) * 2 ? name : undefined;
}

/** How many letters two names have in common, wherever they stand. */
function lettersInCommon(one: string, other: string): number {
	const rest = [...other];
	for (const letter of one) {
		const at = rest.indexOf(letter);
		if (at !== -1) rest.splice(at, 1);
	}
	return other.length - rest.length;
}
