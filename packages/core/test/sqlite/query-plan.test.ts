import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test, vi } from 'vitest';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import type { LeasedRequest, PageOutcome } from '../../src/store/crawl-store.ts';
import { pageOf } from '../store/conformance.ts';
import { newRequests } from '../store/requests.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** All that is said to SQLite from now on. */
function listen(): Set<string> {
	const said = new Set<string>();
	for (const method of ['prepare', 'exec'] as const) {
		const real: (this: DatabaseSync, sql: string) => unknown = DatabaseSync.prototype[method];
		const spy = vi.spyOn(DatabaseSync.prototype, method).mockImplementation(function (this: DatabaseSync, sql: string) {
			said.add(sql);
			return real.call(this, sql) as never;
		});
		onTestFinished(() => spy.mockRestore());
	}
	return said;
}

/** How SQLite would go about each of them, by the statement. */
function plans(path: string, said: ReadonlySet<string>): Map<string, string[]> {
	vi.restoreAllMocks();
	const reader = new DatabaseSync(path, { readOnly: true });
	const statements = [...said].filter((sql) => /^\s*(SELECT|INSERT|UPDATE|DELETE)\b/.test(sql));
	const found = statements.map((sql): [string, string[]] => [
		sql,
		reader
			.prepare(`EXPLAIN QUERY PLAN ${sql}`)
			.all()
			.map(({ detail }) => String(detail)),
	]);
	reader.close();
	return new Map(found);
}

/** Steps that take longer the more requests or domains there are. */
function longSteps(found: ReadonlyMap<string, readonly string[]>): string[] {
	// Tables of a few rows, and indexes that hold only what is being worked on or is given out next.
	const short =
		/SCAN (counter|key_seed|leased|sqlite_master|(request|domain|crawlee_request) USING .*INDEX (request_leased|request_due|domain_waiting|crawlee_request_locked))\b/;
	return [...found].flatMap(([sql, steps]) =>
		steps
			.filter((step) => (step.includes('SCAN') || step.includes('TEMP B-TREE')) && !short.test(step))
			.map((step) => `${step}: ${sql}`),
	);
}

const DELAYED: PageOutcome = { status: 'delayed', notBefore: 1, retryCount: 1, error: 'x' };

async function workOn(store: SqliteStore): Promise<void> {
	await store.add(newRequests(20));
	await store.add(newRequests(20));
	const [first, second, third] = (await store.lease('a.example', 10)) as [LeasedRequest, LeasedRequest, LeasedRequest];
	await store.commit(pageOf(first, { requests: newRequests(30) }));
	await store.commit(pageOf(second, { outcome: DELAYED }));
	await store.commit(pageOf(third, { outcome: { status: 'failed', error: 'x' } }));
	await store.release([5]);
	await store.domains(9, () => false);
	await store.block('a.example', 77);
	await store.history(first.uniqueKey);
}

test('nothing that a crawl does all the time takes longer the more there is', async () => {
	const path = join(await temporaryFolder(), 'crawl.sqlite');
	const said = listen();
	await using store = SqliteStore.open(path);
	await workOn(store);
	const found = plans(path, said);
	expect(longSteps(found)).toEqual([]);
	expect([...found.values()].flat().join('\n')).toContain('SEARCH request USING INDEX request_key (key_hash=?)');
	expect(found.size).toBeGreaterThan(12);
});

test('nor does opening a file that a killed process has left', async () => {
	const path = join(await temporaryFolder(), 'crawl.sqlite');
	{
		await using store = SqliteStore.open(path);
		await workOn(store);
	}
	const said = listen();
	await using store = SqliteStore.open(path);
	const found = plans(path, said);
	expect(store.reclaimed).toBe(6);
	expect(store.counts()).toMatchObject({ leased: 0, handled: 1, failed: 1 });
	expect(longSteps(found)).toEqual([]);
	expect([...found.keys()].filter((sql) => sql.includes('count(*)') && !sql.includes("'leased'"))).toEqual([
		'SELECT count(*) FROM sqlite_schema',
	]);
});

test('the check itself sees a walk through the table', async () => {
	const path = join(await temporaryFolder(), 'crawl.sqlite');
	await using store = SqliteStore.open(path);
	await store.add(newRequests(1));
	const walks = new Set(['SELECT count(*) FROM request', 'SELECT id FROM request ORDER BY added_at']);
	expect(longSteps(plans(path, walks))).toHaveLength(3);
});
