import { RE2JS } from 're2js';

/** A regular expression that cannot be used; the message says why. */
export class RegexError extends Error {}

const MOST_PATTERN = 500;

/** Instructions of the compiled expression: `a{1000}` has a thousand. */
const MOST_PROGRAM = 1_000;

/** The rest of a longer text is not looked at: time in proportion to the text can still be much time for each character. */
const MOST_SUBJECT = 1_024;

/** An expression that is slow this often is refused: once may be the machine. */
const SLOW_MS = 100;
const MOST_SLOW = 3;

/**
 * Compiles a regular expression of a watcher. RE2's engine takes time in proportion to the text, whatever the expression,
 * where JavaScript's own could be made to hang the hub with a few characters. The price: no backreferences and no lookaround.
 *
 * @param clock milliseconds that only rise.
 * @returns tests the first 1,024 characters of a text; throws RegexError when it was slow too often.
 * @throws RegexError
 */
export function lineRegex(pattern: string, clock: () => number = () => performance.now()): (text: string) => boolean {
	if (pattern.length > MOST_PATTERN) {
		throw new RegexError(`regex has ${pattern.length} characters: give at most ${MOST_PATTERN}.`);
	}
	const compiled = compile(pattern);
	if (compiled.programSize() > MOST_PROGRAM) {
		throw new RegexError('regex becomes too large: use smaller repetition counts.');
	}
	let slow = 0;
	return (text) => {
		const startedAt = clock();
		const isMatch = compiled.test(text.length > MOST_SUBJECT ? text.slice(0, MOST_SUBJECT) : text);
		if (clock() - startedAt > SLOW_MS) slow += 1;
		if (slow >= MOST_SLOW) throw new RegexError('regex takes too long: use fewer choices and repetitions.');
		return isMatch;
	};
}

function compile(pattern: string): RE2JS {
	try {
		return RE2JS.compile(pattern);
	} catch (error) {
		const reason = error instanceof Error ? error.message : String(error);
		throw new RegexError(`regex cannot be used (RE2's syntax, without backreferences and lookaround): ${reason}.`);
	}
}
