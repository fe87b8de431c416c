import { DatabaseSync } from 'node:sqlite';
import { describe, expect, test } from 'vitest';
import { CRAWLEE_QUEUE_TABLES, CrawleeQueueTable } from '../../src/sqlite/crawlee-queue-table.ts';

const END = { forefront: false };

function newDatabase(): DatabaseSync {
	const database = new DatabaseSync(':memory:');
	database.exec(CRAWLEE_QUEUE_TABLES);
	return database;
}

describe('what a crawler asks for all the time is found by an index', () => {
	const OF_QUEUE = 'queue_id = (SELECT id FROM crawlee_queue WHERE name = 1)';
	test.each([
		[
			'taking',
			`SELECT data FROM crawlee_request WHERE ${OF_QUEUE} AND place IS NOT NULL
			AND (locked_until IS NULL OR locked_until <= 5) ORDER BY place LIMIT 25`,
			'crawlee_request_head',
		],
		[
			'the end',
			'SELECT place FROM crawlee_request WHERE queue_id = 1 AND place IS NOT NULL ORDER BY place DESC LIMIT 1',
			'crawlee_request_head',
		],
		['locks', `SELECT 1 FROM crawlee_request WHERE ${OF_QUEUE} AND locked_until > 5 LIMIT 1`, 'crawlee_request_locked'],
		[
			'locks of a dead process',
			'UPDATE crawlee_request SET locked_until = NULL WHERE locked_until IS NOT NULL',
			'crawlee_request_locked',
		],
		[
			'one request',
			`SELECT data FROM crawlee_request WHERE ${OF_QUEUE} AND id = 'a'`,
			'sqlite_autoindex_crawlee_request',
		],
	])('%s', (_, sql, index) => {
		const steps = newDatabase()
			.prepare(`EXPLAIN QUERY PLAN ${sql}`)
			.all()
			.map(({ detail }) => String(detail));
		expect(steps.join()).toContain(index);
		expect(steps.join()).not.toContain('TEMP B-TREE');
	});
});

test('a process that died leaves no lock, in whatever queue', () => {
	const database = newDatabase();
	const table = new CrawleeQueueTable(database);
	const lock = { until: 9_000, client: 'dead' };
	for (const queue of ['p', 'q']) {
		table.add(queue, [{ id: 'a', json: '{}', isHandled: false }], END, 1);
		table.lockHead(queue, 9, lock, 1);
	}
	table.unlockAll();
	for (const queue of ['p', 'q']) {
		expect(table.unlock(queue, 'a', 'dead', END)).toBe(false);
		expect(table.lockHead(queue, 9, { until: 9_000, client: 'alive' }, 2)).toMatchObject({ requests: [{ id: 'a' }] });
	}
});

test('the counts are those of the rows, whatever was done at random', () => {
	const seed = Date.now() % 1_000_000;
	let state = seed;
	const random = (below: number): number => {
		state = (state * 48_271 + 11) % 2_147_483_647;
		return state % below;
	};
	const database = newDatabase();
	const table = new CrawleeQueueTable(database);
	for (let step = 0; step < 2_000; step++) {
		const request = { id: `r${random(40)}`, json: '{}', isHandled: random(3) === 0 };
		const place = { forefront: random(2) === 0 };
		if (random(5) === 0) table.remove('q', request.id, step);
		else if (random(2) === 0) table.add('q', [request], place, step);
		else table.update('q', request, place, step);
		if (random(4) === 0) table.lockHead('q', random(5), { until: step + random(50), client: `c${random(3)}` }, step);
	}
	const counted = database
		.prepare(
			`SELECT count(*) AS totalCount, count(*) FILTER (WHERE place IS NULL) AS handledCount,
			count(DISTINCT place) = count(place) AS placesDiffer,
			count(*) FILTER (WHERE place IS NULL AND locked_until IS NOT NULL) AS handledAndLocked FROM crawlee_request`,
		)
		.get();
	const { totalCount, handledCount } = table.find('q') ?? {};
	expect({ seed, totalCount, handledCount, placesDiffer: 1, handledAndLocked: 0 }).toEqual({ seed, ...counted });
});
