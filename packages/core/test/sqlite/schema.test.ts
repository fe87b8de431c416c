import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { APPLICATION_ID, createSchema, SCHEMA_VERSION } from '../../src/sqlite/schema.ts';

function database(): DatabaseSync {
	const made = new DatabaseSync(':memory:');
	createSchema(made);
	return made;
}

test('the file says whose it is and which version', () => {
	const made = database();
	expect(made.prepare('PRAGMA application_id').get()).toEqual({ application_id: APPLICATION_ID });
	expect(made.prepare('PRAGMA user_version').get()).toEqual({ user_version: SCHEMA_VERSION });
	expect(Buffer.from(APPLICATION_ID.toString(16), 'hex').toString()).toBe('ORBW');
});

test('it is made whole or not at all', () => {
	const made = new DatabaseSync(':memory:');
	made.exec('CREATE TABLE record (x)');
	expect(() => createSchema(made)).toThrow('already exists');
	made.exec('ROLLBACK');
	expect(made.prepare('SELECT count(*) AS count FROM sqlite_schema').get()).toEqual({ count: 1 });
});

describe('what a crawl asks for all the time is found by an index', () => {
	test.each([
		[
			'taking',
			`SELECT id FROM request WHERE domain_id = 1 AND status = 'waiting' ORDER BY priority DESC, id LIMIT 8`,
			'request_ready',
		],
		['a key', `SELECT id FROM request WHERE key_hash = 5 AND unique_key = 'x'`, 'request_key'],
		['retries that are due', `SELECT id FROM request WHERE status = 'delayed' AND not_before <= 5`, 'request_due'],
		['the next retry', `SELECT min(not_before) FROM request WHERE status = 'delayed'`, 'request_due'],
		['domains', 'SELECT name FROM domain WHERE waiting > 0 ORDER BY blocked_until, id', 'domain_waiting'],
		[
			'leases of a dead process',
			`SELECT domain_id, count(*) FROM request WHERE status = 'leased' GROUP BY domain_id`,
			'request_leased',
		],
		['rows of a dataset', 'SELECT data FROM item WHERE dataset_id = 1 ORDER BY id LIMIT 9', 'item_of_dataset'],
	])('%s', (_, sql, index) => {
		const steps = database()
			.prepare(`EXPLAIN QUERY PLAN ${sql}`)
			.all()
			.map(({ detail }) => String(detail));
		expect(steps.join()).toContain(index);
		expect(steps.join()).not.toContain('TEMP B-TREE');
	});
});
