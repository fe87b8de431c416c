import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';

/** Who holds a lock. */
export interface LockHolder {
	readonly pid: number;
	/** Machine, and where there are such things the namespace of process ids: elsewhere `pid` means another process. */
	readonly place: string;
	/** When the process was started, where the system tells: after a restart another one may have its id. */
	readonly started: string | undefined;
	/** Of this one taking of the lock. */
	readonly token: string;
}

/** What the one who finds a lock knows. */
export interface LockFacts {
	readonly place: string;
	/** A process with the holder's id is there. */
	readonly alive: boolean;
	/** When that process was started, where the system tells. */
	readonly started: string | undefined;
	/** The holder is in this very process, which knows what it holds. */
	readonly ours: 'held' | 'not-held' | 'unknown';
	/** For how long the lock has been seen unchanged; a holder touches it every two seconds. */
	readonly unchangedMs: number;
}

/** An unreadable lock is being written, for a moment; a holder elsewhere shows only by touching his lock. */
const WRITING_MS = 2_000;
const SILENT_MS = 15_000;

/** Whether a lock that is in the way is held, is left from a process that is gone, or has to be watched to tell. */
export function judgeLock(holder: LockHolder | undefined, facts: LockFacts): 'held' | 'left' | 'watch' {
	if (holder === undefined) return facts.unchangedMs >= WRITING_MS ? 'left' : 'watch';
	if (holder.place !== facts.place) return facts.unchangedMs >= SILENT_MS ? 'left' : 'watch';
	if (!facts.alive || facts.ours === 'not-held') return 'left';
	if (holder.started !== undefined && facts.started !== undefined && holder.started !== facts.started) return 'left';
	return 'held';
}

/** This machine, and the namespace of its process ids. */
export async function thisPlace(): Promise<string> {
	const namespace = await readlink('/proc/self/ns/pid').catch(() => '');
	return `${hostname()} ${namespace}`.trim();
}

/** When a process was started, in terms that no other process of this machine shares; `undefined` outside of Linux. */
export async function processStart(pid: number): Promise<string | undefined> {
	try {
		const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
		const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
		// The name, in parentheses, may hold anything; the start is the 20th field after it (proc_pid_stat(5)).
		const ticks = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
		return ticks === undefined ? undefined : `${boot.trim()} ${ticks}`;
	} catch {
		return undefined;
	}
}

export function isAlive(pid: number): boolean {
	try {
		process.kill(pid, 0);
		return true;
	} catch (error) {
		return (error as NodeJS.ErrnoException).code === 'EPERM';
	}
}

export function parseHolder(text: string): LockHolder | undefined {
	try {
		const { pid, place, started, token }: Partial<Record<keyof LockHolder, unknown>> = JSON.parse(text);
		if (typeof pid !== 'number' || typeof place !== 'string' || typeof token !== 'string') return undefined;
		return { pid, place, token, started: typeof started === 'string' ? started : undefined };
	} catch {
		return undefined;
	}
}
