import type { DatabaseSync } from 'node:sqlite';
import type { CounterTable } from './counter-table.ts';
import type { RequestTable } from './request-table.ts';

/**
 * Makes all requests wait again that were given up; their last failure becomes one of the tries in their history. To be
 * called within a transaction. Answers how many there were.
 */
export function retryFailed(database: DatabaseSync, requests: RequestTable, counters: CounterTable): number {
	const count = counters.get('failed');
	if (count === 0) return 0;
	// What is only counted in memory so far must not be counted over what is written here.
	requests.save();
	database.exec(`
		INSERT INTO attempt (request_id, ended_at, http_status, error)
		SELECT id, finished_at, http_status, coalesce(error, '') FROM request WHERE status = 'failed';
		UPDATE domain SET waiting = waiting + failed.count
		FROM (SELECT domain_id, count(*) AS count FROM request WHERE status = 'failed' GROUP BY domain_id) AS failed
		WHERE domain.id = failed.domain_id`);
	const { changes } = database
		.prepare(
			`UPDATE request SET status = 'waiting', retry_count = 0, finished_at = NULL, http_status = NULL, loaded_url = NULL,
			error = NULL WHERE status = 'failed'`,
		)
		.run();
	counters.add('failed', -Number(changes));
	counters.add('waiting', Number(changes));
	return Number(changes);
}
