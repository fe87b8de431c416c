/**
 * The query is treated as a list of raw `key=value` pieces between `&`, and never goes through `URLSearchParams`,
 * which would rewrite `%20` to `+`, `%E9` to U+FFFD and `a` to `a=`.
 */

/** The key of one piece, decoded for comparison with a name; raw where it does not decode. */
function keyOf(piece: string): string {
	const equals = piece.indexOf('=');
	const key = equals === -1 ? piece : piece.slice(0, equals);
	if (!key.includes('%')) return key;
	try {
		return decodeURIComponent(key);
	} catch {
		return key;
	}
}

/** The query without the pieces whose key `isRemoved` names. The pieces that stay keep order and spelling. */
export function removeParams(query: string, isRemoved: (key: string) => boolean): string {
	const pieces = query.split('&');
	const kept = pieces.filter((piece) => !isRemoved(keyOf(piece)));
	return kept.length === pieces.length ? query : kept.join('&');
}

/** The query with its pieces sorted by key. The sort is stable: the order of repeated keys carries meaning. */
export function sortParams(query: string): string {
	if (!query.includes('&')) return query;
	return query
		.split('&')
		.map((piece) => ({ piece, key: keyOf(piece) }))
		.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
		.map(({ piece }) => piece)
		.join('&');
}

/** The query without empty pieces, as in `&a=1&&b=2&`. */
export function removeEmptyParams(query: string): string {
	return query
		.split('&')
		.filter((piece) => piece !== '')
		.join('&');
}
