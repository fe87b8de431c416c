import { EXIT_FAILED, EXIT_USAGE } from './exit-code.ts';
import { UsageError } from './usage-error.ts';

/** Codes of errors that tell of wrong use. */
const USAGE_CODES: readonly unknown[] = [
	'ORB_INVALID_OPTION',
	'ORB_STORAGE_UNREADABLE',
	'ORB_STORAGE_FOREIGN',
	'ORB_STORAGE_NEWER',
	'ORB_HTTP_INVALID_REQUEST',
	'ORB_MONITOR_OPTION',
];

/** An error for a person, and the exit code that goes with it. */
export interface ReportedError {
	readonly text: string;
	readonly exitCode: number;
}

/** One sentence; with `verbose`, also where in the code it came from. */
export function reportError(error: unknown, verbose: boolean): ReportedError {
	const isUsage = error instanceof UsageError || USAGE_CODES.includes((error as { code?: unknown } | null)?.code);
	const exitCode = isUsage ? EXIT_USAGE : EXIT_FAILED;
	if (!(error instanceof Error)) return { text: String(error), exitCode };
	if (verbose) return { text: stackOf(error), exitCode };
	const isOurs = isUsage || 'code' in error;
	return { text: isOurs ? error.message : `${error.message} (--verbose shows where.)`, exitCode };
}

function stackOf(error: Error): string {
	const cause = error.cause instanceof Error ? `\nCaused by: ${stackOf(error.cause)}` : '';
	return `${error.stack ?? error.message}${cause}`;
}
