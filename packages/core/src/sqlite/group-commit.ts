import type { DatabaseSync } from 'node:sqlite';
import { StorageError } from '../errors.ts';
import { isFaultOfChange, refusedChange, storageFault } from './storage-fault.ts';

interface Job {
	run(): unknown;
	resolve(value: unknown): void;
	reject(error: unknown): void;
}

export interface GroupCommitOptions {
	/** The file, for messages. */
	readonly path: string;
	/** How long changes are gathered, in milliseconds. */
	readonly delayMs: number;
	beforeCommit?(): void;
	rolledBack(): void;
}

/**
 * Runs changes in shared transactions: whatever is asked for within a few milliseconds is committed at once, so that
 * being durable costs one commit for many pages. A change's promise resolves only when its transaction is on disk.
 *
 * When a transaction fails, everything in it is rolled back and rejected, and so is all that comes later: a caller that
 * went on after a lost change would build on a gap. Only a change whose own values cannot be stored is refused alone.
 */
export class GroupCommit {
	readonly #database: DatabaseSync;
	readonly #path: string;
	readonly #delayMs: number;
	readonly #beforeCommit: () => void;
	readonly #rolledBack: () => void;
	#jobs: Job[] = [];
	#timer: NodeJS.Timeout | undefined;
	#failure: StorageError | undefined;

	/**
	 * @param options `beforeCommit` is called at the end of each transaction, within it. `rolledBack` is called after a
	 * failure, when nothing of its transaction is in the database.
	 */
	constructor(database: DatabaseSync, options: GroupCommitOptions) {
		this.#database = database;
		this.#path = options.path;
		this.#delayMs = options.delayMs;
		this.#beforeCommit = options.beforeCommit ?? (() => {});
		this.#rolledBack = options.rolledBack;
	}

	/** Runs `change` within the next transaction. */
	run<T>(change: () => T): Promise<T> {
		if (this.#failure) return Promise.reject(this.#failure);
		return new Promise<T>((resolve, reject) => {
			this.#jobs.push({ run: change, resolve: resolve as (value: unknown) => void, reject });
			this.#timer ??= setTimeout(() => this.flush(), this.#delayMs);
		});
	}

	/** Runs `change` together with all that waits, now. */
	runNow<T>(change: () => T): Promise<T> {
		const result = this.run(change);
		this.flush();
		return result;
	}

	/** Commits all that waits. */
	flush(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		const jobs = this.#jobs;
		if (jobs.length === 0) return;
		this.#jobs = [];
		try {
			this.#transact(jobs);
		} catch (cause) {
			if (isFaultOfChange(cause)) this.#runAlone(jobs);
			else this.#fail(jobs, cause);
		}
	}

	/** Commits what waits and refuses what comes. */
	close(): void {
		this.flush();
		this.#failure ??= new StorageError('ORB_STORAGE_CLOSED', `storage "${this.#path}" is closed.`);
	}

	#transact(jobs: readonly Job[]): void {
		this.#database.exec('BEGIN IMMEDIATE');
		const results = jobs.map((job) => job.run());
		this.#beforeCommit();
		this.#database.exec('COMMIT');
		jobs.forEach((job, index) => {
			job.resolve(results[index]);
		});
	}

	/** Each in a transaction of its own, so that one that cannot be stored takes no other with it. */
	#runAlone(jobs: readonly Job[]): void {
		this.#rollBack();
		for (const [index, job] of jobs.entries()) {
			try {
				this.#transact([job]);
			} catch (cause) {
				if (!isFaultOfChange(cause)) {
					this.#fail(jobs.slice(index), cause);
					return;
				}
				this.#rollBack();
				job.reject(refusedChange(this.#path, cause));
			}
		}
	}

	#rollBack(): void {
		// SQLite has rolled back by itself after a full disk.
		if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
		this.#rolledBack();
	}

	#fail(jobs: readonly Job[], cause: unknown): void {
		try {
			this.#rollBack();
		} catch {
			// A file that cannot even be read any more: the first reason is the one to tell.
		}
		this.#failure = storageFault(this.#path, 'write', cause);
		for (const job of jobs) job.reject(this.#failure);
	}
}
