import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { migrate } from '../../src/sqlite/migrate.ts';
import { APPLICATION_ID, createSchema, SCHEMA_VERSION } from '../../src/sqlite/schema.ts';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import { newRequest } from '../store/requests.ts';
import { temporaryFolder } from './temporary-folder.ts';

const VERSION_1 = readFileSync(join(import.meta.dirname, 'fixtures/schema-1.sql'), 'utf8');

/** A file of the first version, with a crawl that was killed in the middle. */
async function oldFile(): Promise<string> {
	const path = join(await temporaryFolder(), 'old.sqlite');
	const database = new DatabaseSync(path);
	database.exec(`${VERSION_1}
		INSERT INTO domain (id, name, waiting) VALUES (1, 'a.example', 1);
		INSERT INTO request (id, unique_key, domain_id, added_at, status, parent_id, error) VALUES
			(1, 'http://a.example/', 1, 5, 'handled', NULL, NULL),
			(2, 'http://a.example/1', 1, 6, 'failed', 1, 'gone'),
			(3, 'http://a.example/2', 1, 7, 'leased', 1, NULL),
			(4, 'http://a.example/3', 1, 8, 'waiting', 1, NULL);
		INSERT INTO dataset (id, name, created_at, item_count) VALUES (1, 'default', 5, 1);
		INSERT INTO item (dataset_id, request_id, added_at, data) VALUES (1, 1, 9, '{"n":1}');
		PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = 1`);
	database.close();
	return path;
}

test('a file of the first version goes on as one of this version', async () => {
	const path = await oldFile();
	await using store = SqliteStore.open(path);
	expect(store.reclaimed).toBe(1);
	expect(store.counts()).toMatchObject({ waiting: 2, leased: 0, handled: 1, failed: 1, delayed: 0 });
	expect(store.rejectedCount()).toBe(0);
	expect(await store.lease('a.example', 9)).toHaveLength(2);
	expect(await store.itemsAfter('default', 0, 9)).toEqual([{ id: 1, json: '{"n":1}' }]);
	expect(await store.history('http://a.example/1')).toMatchObject({ tries: 0, foundOn: ['http://a.example/'] });
	expect(await store.failedRequests({ offset: 0, limit: 9 })).toMatchObject([{ error: 'gone' }]);
});

test('what is in an old file is known, and not stored a second time', async () => {
	await using store = SqliteStore.open(await oldFile());
	const added = await store.add([newRequest('/'), newRequest('/1'), newRequest('/3'), newRequest('/4')]);
	expect(added).toEqual([
		{ id: 1, wasAlreadyPresent: true, wasAlreadyHandled: true },
		{ id: 2, wasAlreadyPresent: true, wasAlreadyHandled: true },
		{ id: 4, wasAlreadyPresent: true, wasAlreadyHandled: false },
		{ id: 5, wasAlreadyPresent: false, wasAlreadyHandled: false },
	]);
});

test('the tables are then those of a new file', () => {
	const shape = (database: DatabaseSync): unknown =>
		database
			.prepare(
				`SELECT object.type, object.name, field.name AS field, field.type AS kind, field."notnull" AS filled
				FROM sqlite_schema AS object LEFT JOIN pragma_table_xinfo(object.name) AS field
				ORDER BY object.type, object.name, field.name`,
			)
			.all();
	const old = new DatabaseSync(':memory:');
	old.exec(VERSION_1);
	migrate(old, 1);
	const made = new DatabaseSync(':memory:');
	createSchema(made);
	expect(shape(old)).toEqual(shape(made));
	expect(old.prepare('PRAGMA user_version').get()).toEqual({ user_version: SCHEMA_VERSION });
});

test('it is done whole or not at all', () => {
	const old = new DatabaseSync(':memory:');
	old.exec(`${VERSION_1} CREATE TABLE counter (x); PRAGMA user_version = 1`);
	expect(() => migrate(old, 1)).toThrow('already exists');
	expect(old.isTransaction).toBe(false);
	expect(old.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
	expect(old.prepare(`SELECT count(*) AS count FROM sqlite_schema WHERE name = 'attempt'`).get()).toEqual({ count: 0 });
});
