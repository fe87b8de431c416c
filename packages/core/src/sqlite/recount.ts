import type { DatabaseSync, SQLInputValue } from 'node:sqlite';
import type { CounterTable } from './counter-table.ts';
import { ContradictionError } from './storage-fault.ts';

const STATUSES = ['waiting', 'delayed', 'leased', 'handled', 'failed', 'skipped', 'redirected'] as const;

/**
 * Counts the requests again when what the file counts of them is plainly wrong, as it is after rows were recovered from a
 * damaged file: nobody shall wait for ever for requests that are not there. Must run within a transaction of the caller's.
 *
 * @returns whether it was wrong.
 * @throws ContradictionError when requests wait that cannot be found through their domain.
 */
export function mendCounts(database: DatabaseSync, counters: CounterTable): boolean {
	if (isRight(database, counters)) return false;
	recount(database, counters);
	if (!isRight(database, counters)) throw new ContradictionError('requests wait that their domain does not lead to');
	return true;
}

/** A few looks into indexes: whether there are requests of a status at all, and whether the next ones to take are found. */
function isRight(database: DatabaseSync, counters: CounterTable): boolean {
	const find = (sql: string, ...values: SQLInputValue[]): Record<string, unknown> | undefined =>
		database.prepare(sql).get(...values);
	const isThere = {
		waiting: find('SELECT id FROM domain WHERE waiting > 0 LIMIT 1') !== undefined,
		delayed: find(`SELECT id FROM request WHERE status = 'delayed' LIMIT 1`) !== undefined,
		leased: find(`SELECT id FROM request WHERE status = 'leased' LIMIT 1`) !== undefined,
	};
	for (const status of ['waiting', 'delayed', 'leased'] as const) {
		if (counters.get(status) > 0 !== isThere[status] || counters.get(status) < 0) return false;
	}
	const next = find('SELECT id, name FROM domain WHERE waiting > 0 ORDER BY blocked_until, id LIMIT 1');
	if (next === undefined) return true;
	const { id, name } = next as { id: number; name: string };
	const request = find(`SELECT id FROM request WHERE domain_id = ? AND status = 'waiting' LIMIT 1`, id);
	return request !== undefined && find('SELECT id FROM domain WHERE name = ?', name)?.id === id;
}

function recount(database: DatabaseSync, counters: CounterTable): void {
	database.exec(
		`UPDATE domain SET waiting =
		(SELECT count(*) FROM request WHERE domain_id = domain.id AND status = 'waiting')`,
	);
	for (const status of STATUSES) {
		const row = database.prepare('SELECT count(*) AS count FROM request WHERE status = ?').get(status);
		counters.set(status, row?.count as number);
	}
}
