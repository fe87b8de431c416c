/** All went well. */
export const EXIT_OK = 0;
/** Something failed: more pages than allowed, or what the command was for. */
export const EXIT_FAILED = 1;
/** Wrong use: a command line, a settings file or a storage that cannot be used. */
export const EXIT_USAGE = 2;

/** What a run of pages or requests came to. */
export interface Shares {
	readonly succeeded: number;
	readonly failed: number;
	/** Which part of all may fail, from 0 to 1. */
	readonly allowedFailures: number;
	/** The exit code of the signal that ended it, if one did: 130 after Ctrl-C, 143 after SIGTERM. */
	readonly stopCode: number | undefined;
}

/** The exit code of a run: the signal first, then the share of failures. */
export function exitCodeOf({ succeeded, failed, allowedFailures, stopCode }: Shares): number {
	if (stopCode !== undefined) return stopCode;
	const all = succeeded + failed;
	return all > 0 && failed / all > allowedFailures ? EXIT_FAILED : EXIT_OK;
}
