import { randomUUID } from 'node:crypto';
import { type FileHandle, open, readFile, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { sleep } from '../sleep.ts';
import { isAlive, judgeLock, type LockHolder, parseHolder, processStart, thisPlace } from './lock-holder.ts';

const TOUCH_MS = 2_000;
const WATCH_MS = 200;

/** To remove a lock that was left takes a moment; who was killed in that is not waited for. */
const CLAIM_MS = 5_000;
const CLAIMED_MS = 20;

/** The locks of this process, by token. */
const HELD = new Set<string>();

/** What is known of a lock that is in the way. */
interface Found {
	readonly holder: LockHolder | undefined;
	/** Changes whenever its holder shows that he is there. */
	readonly mark: string;
}

/**
 * A file that only one of those who want it can make, so that two downloads never write one file. A holder that was
 * killed leaves it behind; whoever finds it so takes it over.
 */
export class FileLock implements AsyncDisposable {
	readonly #path: string;
	readonly #token: string;
	readonly #handle: FileHandle;
	readonly #touching: NodeJS.Timeout;
	#released = false;

	private constructor(path: string, token: string, handle: FileHandle, onLost: () => void) {
		this.#path = path;
		this.#token = token;
		this.#handle = handle;
		this.#touching = setInterval(() => {
			this.#touch().catch(() => {
				if (!this.#released) onLost();
			});
		}, TOUCH_MS).unref();
	}

	/**
	 * Takes the lock; `undefined` when somebody who is alive has it.
	 *
	 * @param onLost called when it was taken over all the same: by somebody elsewhere, after we had stood still too long.
	 */
	static async take(path: string, signal: AbortSignal, onLost: () => void): Promise<FileLock | undefined> {
		const token = randomUUID();
		const place = await thisPlace();
		let seen: { readonly mark: string; readonly at: number } | undefined;
		for (;;) {
			const handle = await made(path);
			if (handle !== undefined) {
				const started = await processStart(process.pid);
				await sign(path, handle, { pid: process.pid, place, started, token });
				return new FileLock(path, token, handle, onLost);
			}
			const found = await find(path);
			if (found === undefined) continue;
			const now = performance.now();
			if (seen?.mark !== found.mark) {
				// A lock elsewhere that was touched while we looked is held.
				if (seen !== undefined && found.holder !== undefined && found.holder.place !== place) return undefined;
				seen = { mark: found.mark, at: now };
			}
			const { holder } = found;
			const verdict = judgeLock(holder, {
				place,
				alive: holder !== undefined && isAlive(holder.pid),
				started: holder && (await processStart(holder.pid)),
				ours: holder?.pid !== process.pid ? 'unknown' : HELD.has(holder.token) ? 'held' : oursIfUntold(holder),
				unchangedMs: now - seen.at,
			});
			if (verdict === 'held') return undefined;
			if (verdict === 'left') await clear(path, found, signal);
			else await sleep(WATCH_MS, signal);
		}
	}

	async [Symbol.asyncDispose](): Promise<void> {
		this.#released = true;
		clearInterval(this.#touching);
		HELD.delete(this.#token);
		await this.#handle.close();
		if ((await find(this.#path))?.holder?.token === this.#token) await rm(this.#path, { force: true });
	}

	async #touch(): Promise<void> {
		if ((await find(this.#path))?.holder?.token !== this.#token) throw new Error('The lock was taken over.');
		const now = new Date();
		await this.#handle.utimes(now, now);
	}
}

/** Where the system tells when a process was started, that decides: it knows of other threads of this one too. */
function oursIfUntold(holder: LockHolder): 'not-held' | 'unknown' {
	return holder.started === undefined ? 'not-held' : 'unknown';
}

async function sign(path: string, handle: FileHandle, holder: LockHolder): Promise<void> {
	HELD.add(holder.token);
	try {
		await handle.writeFile(JSON.stringify(holder));
	} catch (error) {
		HELD.delete(holder.token);
		await handle.close();
		await rm(path, { force: true });
		throw error;
	}
}

/** The new file, `undefined` when there is one already. */
async function made(path: string): Promise<FileHandle | undefined> {
	try {
		return await open(path, 'wx');
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return undefined;
		throw error;
	}
}

async function find(path: string): Promise<Found | undefined> {
	try {
		const { ino, mtimeMs } = await stat(path);
		return { holder: parseHolder(await readFile(path, 'utf8')), mark: `${ino}-${mtimeMs}` };
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
}

/**
 * Removes a lock that was left. Several may have found it so, and one that came late would remove the lock of one that
 * was faster: so only one at a time may remove this lock, and looks at it again before.
 */
async function clear(path: string, found: Found, signal: AbortSignal): Promise<void> {
	const claim = join(dirname(path), `.orbweaver-${found.holder?.token ?? found.mark}`);
	const handle = await made(claim);
	if (handle === undefined) {
		if (await isOlderThan(claim, CLAIM_MS)) await rm(claim, { force: true });
		await sleep(CLAIMED_MS, signal);
		return;
	}
	try {
		if ((await find(path))?.mark === found.mark) await rm(path, { force: true });
	} finally {
		await handle.close();
		await rm(claim, { force: true });
	}
}

async function isOlderThan(path: string, ageMs: number): Promise<boolean> {
	const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
	return Date.now() - mtimeMs > ageMs;
}
