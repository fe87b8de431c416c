import { createRequire } from 'node:module';
import type { Minimatch as MinimatchClass } from 'minimatch';

const requireHere = createRequire(import.meta.url);
let Minimatch: typeof MinimatchClass | undefined;

/** Characters that may mean something to minimatch; what stands before the first of them is literal. */
const MAGIC = /[*?[\]{}()!+@#|\\]/;

/**
 * Compiles a glob over whole URLs, with minimatch's rules and without regard to case: `*` stays within one path
 * segment, `**` crosses them, neither matches a segment that starts with a dot, `{a,b}` and `!(…)` work, `!` in front
 * negates, doubled slashes count as one and a slash at the end of the URL may be missing from the glob.
 *
 * Most links of a page fall to a comparison of the literal start, before minimatch takes the URL apart.
 */
export function compileGlob(glob: string): (url: string) => boolean {
	Minimatch ??= (requireHere('minimatch') as { Minimatch: typeof MinimatchClass }).Minimatch;
	const matcher = new Minimatch(glob, { nocase: true });
	const literal = literalStart(glob);
	if (literal === undefined) return (url) => matcher.match(url);

	const takesAllBelow = glob.slice(literal.length) === '**' && literal.endsWith('/');
	return (url) => {
		const start = url.slice(0, literal.length);
		if (start !== literal && start.toLowerCase() !== literal) {
			// A doubled slash inside the URL is the one thing that may shift what would else be equal.
			return url.includes('//', 8) && matcher.match(url);
		}
		if (takesAllBelow && !url.includes('/.', literal.length - 1)) return true;
		return matcher.match(url);
	};
}

/** The start of a glob, in lower case, that every URL it matches must have; `undefined` when there is no such start. */
function literalStart(glob: string): string | undefined {
	const magic = glob.search(MAGIC);
	// `*/..` takes back part of the literal, wherever it stands.
	if (magic === -1 || glob.includes('..')) return undefined;
	const literal = glob.slice(0, magic).toLowerCase();
	// Without a slash behind the host there is little to gain; empty and dot segments are folded away by minimatch.
	const isPlain = /^https?:\/\/[^/]+\//.test(literal) && !/\/\.?\//.test(literal.slice(8));
	return isPlain ? literal : undefined;
}
