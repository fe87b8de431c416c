/** What ends by itself: neither opens a level that somebody has to close. */
const LEAVES: ReadonlySet<string> = new Set([
	...['area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'source', 'track', 'wbr'],
	...['p', 'li', 'dt', 'dd', 'tr', 'td', 'th', 'thead', 'tbody', 'tfoot', 'option', 'optgroup'],
]);

/** How far up an end tag looks for its start tag: enough for what authors forget to close. */
const REACH = 32;

/** Shorter texts cannot hold enough tags to matter. */
const HARMLESS_LENGTH = 30_000;

/**
 * About how many steps it takes to build the tree of an HTML text; counting ends above `limit`.
 *
 * To most start tags the standard's tree construction looks through all open elements (WHATWG HTML, "have a p element
 * in button scope"), so that the price of a page is the sum of the depths of its elements. Pages are some 15 deep and
 * cost less than a million; one that nests 100,000 elements costs billions, and nothing else would run meanwhile.
 */
export function treeCost(html: string, limit: number): number {
	if (html.length < HARMLESS_LENGTH) return 0;
	const open: string[] = [];
	let cost = 0;
	for (const [, slash, tag] of html.matchAll(/<(\/?)([a-z][^\s/>]*)/gi)) {
		const name = (tag as string).toLowerCase();
		if (slash === '/') {
			const index = indexNearTop(open, name);
			if (index !== undefined) open.length = index;
			continue;
		}
		cost += open.length;
		if (cost > limit) return cost;
		if (!LEAVES.has(name)) open.push(name);
	}
	return cost;
}

function indexNearTop(open: readonly string[], name: string): number | undefined {
	for (let index = open.length - 1; index >= Math.max(0, open.length - REACH); index--) {
		if (open[index] === name) return index;
	}
	return undefined;
}
