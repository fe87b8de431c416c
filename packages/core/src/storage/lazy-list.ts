/**
 * A list that is read whole when it is awaited, and piece by piece when it is iterated: what Crawlee's clients answer.
 *
 * One or the other, and right away: reading whole what is iterated would hold millions of rows for nothing.
 */
export function lazyList<Item, List>(
	whole: () => Promise<List>,
	items: () => AsyncIterator<Item>,
): AsyncIterable<Item> & Promise<List> {
	let isIterated = false;
	const list = Promise.resolve().then(() => (isIterated ? new Promise<never>(() => {}) : whole()));
	return Object.assign(list, {
		[Symbol.asyncIterator]: () => {
			isIterated = true;
			return items();
		},
	});
}
