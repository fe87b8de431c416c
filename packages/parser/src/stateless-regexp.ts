/**
 * The same pattern without memory: a global or sticky expression remembers in `lastIndex` where it stopped, so asking
 * it about one URL would change its answer about the next.
 */
export function statelessRegExp(pattern: RegExp): RegExp {
	const source = pattern.sticky ? `^(?:${pattern.source})` : pattern.source;
	return new RegExp(source, pattern.flags.replace(/[gy]/g, ''));
}
