import { RE2JS } from 're2js';

/** A regular expression that cannot be used; the message says why. */
export class RegexError extends Error {}

const MOST_PATTERN = 500;

/** Instructions of the compiled expression: `a{1000}` has a thousand. */
const MOST_PROGRAM = 2_000;

/** The rest of a longer text is not looked at. */
const MOST_SUBJECT = 4_096;

/**
 * Compiles a regular expression of a watcher. RE2's engine takes time in proportion to the text, whatever the expression,
 * where JavaScript's own could be made to hang the hub with a few characters. The price: no backreferences and no lookaround.
 *
 * @throws RegexError
 */
export function lineRegex(pattern: string): (text: string) => boolean {
	if (pattern.length > MOST_PATTERN) {
		throw new RegexError(`regex has ${pattern.length} characters: give at most ${MOST_PATTERN}.`);
	}
	const compiled = compile(pattern);
	if (compiled.programSize() > MOST_PROGRAM) {
		throw new RegexError('regex becomes too large: use smaller repetition counts.');
	}
	return (text) => compiled.test(text.length > MOST_SUBJECT ? text.slice(0, MOST_SUBJECT) : text);
}

function compile(pattern: string): RE2JS {
	try {
		return RE2JS.compile(pattern);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new RegexError(`regex cannot be used (RE2's syntax, without backreferences and lookaround): ${reason}.`);
	}
}
