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
 * Most links of a page are decided by comparing the literal start, before minimatch takes the URL apart. For that, the
 * URL must be as the URL standard writes it.
 */
export function compileGlob(glob: string): (url: string) => boolean {
	Minimatch ??= (requireHere('minimatch') as { Minimatch: typeof MinimatchClass }).Minimatch;
	const matcher = new Minimatch(glob, { nocase: true });
	const literal = literalStart(glob);
	if (literal === undefined) return (url) => matcher.match(url);

	const site = literal.slice(0, literal.indexOf('/', 8) + 1);
	const tail = literal.endsWith('/') ? glob.slice(literal.length) : '';
	return (url) => {
		// The host of a URL is in lower case already, so other sites are told without a copy of the string.
		if (!url.startsWith(site)) return false;
		if (!url.startsWith(literal) && url.slice(0, literal.length).toLowerCase() !== literal) {
			// A doubled slash inside the URL is the one thing that may shift what would else be equal.
			return url.includes('//', 8) && matcher.match(url);
		}
		if (tail === '**' && !url.includes('/.', literal.length - 1)) return true;
		if (tail === '*' && isPlainSegment(url, literal.length)) return true;
		return matcher.match(url);
	};
}

/** Does one path segment, and nothing after it, follow at `from`? Of a query with a slash minimatch decides. */
function isPlainSegment(url: string, from: number): boolean {
	return url.length > from && url[from] !== '.' && !url.includes('/', from);
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
