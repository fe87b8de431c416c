import { readFileSync } from 'node:fs';

/**
 * The largest resident set of this process up to now.
 *
 * Not getrusage's ru_maxrss where Linux says it better: a process inherits that figure from the one that started it, so
 * a small child of a large bench would be told as large as the bench.
 */
export function peakRssBytes(): number {
	return highWaterMark(processStatus()) ?? process.resourceUsage().maxRSS * 1024;
}

/** `VmHWM` of a `/proc/<pid>/status`, in bytes; undefined where there is none. */
export function highWaterMark(status: string): number | undefined {
	const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(status)?.[1];
	return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

function processStatus(): string {
	try {
		return readFileSync('/proc/self/status', 'utf8');
	} catch {
		return '';
	}
}
