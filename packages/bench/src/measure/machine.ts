import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { availableParallelism, cpus, release, totalmem, type } from 'node:os';

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
	return `${cpu}, ${cores} cores, ${Math.round(memoryBytes / 1e9)} GB, ${system}, Node ${node}`;
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
