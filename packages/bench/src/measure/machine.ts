import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { availableParallelism, cpus, loadavg, release, totalmem, type } from 'node:os';

/** Where a result comes from: figures without it cannot be compared. */
export interface Machine {
	readonly cpu: string;
	readonly cores: number;
	readonly memoryBytes: number;
	readonly system: string;
	readonly node: string;
}

/** This machine. */
export function describeMachine(): Machine {
	return {
		cpu: cpus()[0]?.model.trim() ?? 'unknown',
		cores: availableParallelism(),
		memoryBytes: totalmem(),
		system: `${type()} ${release()} ${process.arch}`,
		node: process.version,
	};
}

/** The machine in one line, for the head of a table. */
export function machineLine({ cpu, cores, memoryBytes, system, node }: Machine): string {
	return `${cpu}, ${cores} core${cores === 1 ? '' : 's'}, ${Math.round(memoryBytes / 1e9)} GB, ${system}, Node ${node}`;
}

/**
 * A warning if others are using the machine, from the load of the last minute: figures then say little about speed.
 * Undefined on a machine that is quiet, or a system that keeps no such account (Windows).
 */
export function busyRemark(
	[load = 0]: readonly number[] = loadavg(),
	cores: number = availableParallelism(),
): string | undefined {
	if (load < cores / 2) return undefined;
	return `the machine was busy before the start (load ${load.toFixed(1)} on ${cores} cores): trust CPU time more than speed`;
}

/** The installed versions of packages this package depends on, read from their own `package.json`. */
export function installedVersions(names: readonly string[]): Record<string, string> {
	return Object.fromEntries(names.map((name) => [name, installedVersion(name)]));
}

function installedVersion(name: string): string {
	const file = findPackageJSON(name, import.meta.url);
	if (file === undefined) throw new Error(`${name} is not installed; run npm run setup`);
	return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}
