import { canTimePrograms } from '../measure/timed-program.ts';
import { installPeer, type Peer } from './peer.ts';
import { programVersion } from './program-version.ts';
import { pythonWith } from './python.ts';

/** What a contestant cannot do without and nothing here is built on. */
export type Need =
	| { readonly kind: 'peer'; readonly peer: Peer }
	| { readonly kind: 'python'; readonly module: string }
	| { readonly kind: 'program'; readonly program: string };

/** What met a need. */
interface Found {
	readonly version: string;
	readonly program?: string;
}

/** Who takes part, with what, and a line for each who does not. */
export interface Attendance<Name extends string> {
	readonly names: readonly Name[];
	/** What starts a contestant that is no script of Node. */
	readonly programs: ReadonlyMap<Name, string>;
	/** Such as `got 16.1.0`, of each contestant that needed something. */
	readonly versions: Readonly<Record<string, string>>;
	readonly absences: readonly string[];
}

/**
 * Looks for what the contestants need; peers are installed. One whose need is not met stays away, which is no fault of
 * the rest: without a network there are no peers.
 *
 * @param needOf undefined for a contestant that is always there.
 */
export async function attend<Name extends string>(
	names: readonly Name[],
	needOf: (name: Name) => Need | undefined,
): Promise<Attendance<Name>> {
	const programs = new Map<Name, string>();
	const versions: Record<string, string> = {};
	const absent = new Map<Name, string>();
	for (const name of names) {
		const need = needOf(name);
		if (need === undefined) continue;
		try {
			const { version, program } = await meet(need);
			versions[name] = version;
			if (program !== undefined) programs.set(name, program);
		} catch (error) {
			absent.set(name, absence(name, (error as Error).message));
		}
	}
	return { names: names.filter((name) => !absent.has(name)), programs, versions, absences: [...absent.values()] };
}

/** The line for a contestant that stays away. */
export function absence(name: string, reason: string): string {
	return `${name} did not take part: ${reason}`;
}

async function meet(need: Need): Promise<Found> {
	switch (need.kind) {
		case 'peer':
			await installPeer(need.peer);
			return { version: `${need.peer.name} ${need.peer.version}` };
		case 'python': {
			const python = pythonWith(need.module);
			if (python === undefined) throw new Error(`no Python here can import ${need.module}`);
			return python;
		}
		case 'program': {
			const version = programVersion(need.program);
			if (version === undefined) throw new Error(`${need.program} is not installed`);
			if (!canTimePrograms()) throw new Error('GNU time, which measures it, is not installed');
			return { version, program: need.program };
		}
	}
}
