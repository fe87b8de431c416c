import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { StoreCounts } from '../store/crawl-store.ts';

export type CounterName = keyof StoreCounts | 'rejected' | 'clock';

const NAMES = [
	'waiting',
	'delayed',
	'leased',
	'handled',
	'failed',
	'skipped',
	'redirected',
	'rejected',
	'clock',
] as const satisfies readonly CounterName[];

/**
 * The `counter` table: numbers that would take a walk over millions of rows to find out. They change in memory and are
 * written once a transaction, with `save`.
 */
export class CounterTable {
	readonly #database: DatabaseSync;
	readonly #write: StatementSync;
	readonly #now = new Map<CounterName, number>();
	readonly #stored = new Map<CounterName, number>();

	constructor(database: DatabaseSync) {
		this.#database = database;
		this.#write = database.prepare(
			'INSERT INTO counter (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
		);
		this.reload();
	}

	/** Reads the file again, after a transaction was rolled back. */
	reload(): void {
		const rows = this.#database.prepare('SELECT name, value FROM counter').all();
		const found = new Map(rows.map(({ name, value }) => [name as CounterName, value as number]));
		for (const name of NAMES) {
			this.#now.set(name, found.get(name) ?? 0);
			this.#stored.set(name, found.get(name) ?? 0);
		}
	}

	get(name: CounterName): number {
		return this.#now.get(name) as number;
	}

	set(name: CounterName, value: number): void {
		this.#now.set(name, value);
	}

	add(name: CounterName, by: number): void {
		this.set(name, this.get(name) + by);
	}

	/** How many requests are in which state. */
	counts(): StoreCounts {
		return {
			waiting: this.get('waiting'),
			delayed: this.get('delayed'),
			leased: this.get('leased'),
			handled: this.get('handled'),
			failed: this.get('failed'),
			skipped: this.get('skipped'),
			redirected: this.get('redirected'),
		};
	}

	/** Writes what has changed. */
	save(): void {
		for (const name of NAMES) {
			const value = this.get(name);
			if (this.#stored.get(name) === value) continue;
			this.#write.run(name, value);
			this.#stored.set(name, value);
		}
	}
}
