import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, onTestFinished, test } from 'vitest';
import { StorageError } from '../../src/errors.ts';
import { GroupCommit } from '../../src/sqlite/group-commit.ts';
import { temporaryFolder } from './temporary-folder.ts';

interface Bench {
	readonly changes: GroupCommit;
	readonly database: DatabaseSync;
	insert(text: string): () => number;
	/** What another connection sees, so what is committed. */
	committed(): string[];
	readonly rollbacks: string[];
}

async function bench(delayMs = 15): Promise<Bench> {
	const path = join(await temporaryFolder(), 'changes.sqlite');
	const database = new DatabaseSync(path);
	database.exec('PRAGMA journal_mode = WAL; CREATE TABLE line (text TEXT NOT NULL) STRICT');
	const reader = new DatabaseSync(path, { readOnly: true });
	onTestFinished(() => {
		reader.close();
		database.close();
	});
	const rollbacks: string[] = [];
	const committed = (): string[] =>
		reader
			.prepare('SELECT text FROM line')
			.all()
			.map(({ text }) => text as string);
	return {
		changes: new GroupCommit(database, { path, delayMs, rolledBack: () => rollbacks.push(committed().join()) }),
		database,
		insert: (text) => () => Number(database.prepare('INSERT INTO line VALUES (?)').run(text).lastInsertRowid),
		committed,
		rollbacks,
	};
}

test('a promise resolves only when its change is committed, with what the change returned', async () => {
	const { changes, insert, committed } = await bench();
	const first = changes.run(insert('a'));
	const second = changes.run(insert('b'));
	expect(committed()).toEqual([]);
	expect(await first).toBe(1);
	expect(committed()).toEqual(['a', 'b']);
	expect(await second).toBe(2);
});

test('runNow commits all that waits, in order, at once', async () => {
	const { changes, insert, committed } = await bench(60_000);
	const waiting = changes.run(insert('a'));
	const now = changes.runNow(insert('b'));
	expect(committed()).toEqual(['a', 'b']);
	expect(await Promise.all([waiting, now])).toEqual([1, 2]);
});

test('close commits what waits and refuses what comes', async () => {
	const { changes, insert, committed } = await bench(60_000);
	const waiting = changes.run(insert('a'));
	changes.close();
	expect(committed()).toEqual(['a']);
	expect(await waiting).toBe(1);
	await expect(changes.run(insert('b'))).rejects.toMatchObject({ code: 'ORB_STORAGE_CLOSED' });
	await expect(changes.runNow(insert('c'))).rejects.toBeInstanceOf(StorageError);
	expect(committed()).toEqual(['a']);
});

test('a full database rejects the whole transaction and everything after it', async () => {
	const { changes, database, insert, committed, rollbacks } = await bench();
	await changes.run(insert('kept'));
	const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number };
	database.exec(`PRAGMA max_page_count = ${pages + 2}`);
	const results = await Promise.allSettled([changes.run(insert('small')), changes.run(insert('x'.repeat(50_000)))]);
	for (const result of results) {
		expect(result).toMatchObject({ status: 'rejected', reason: { code: 'ORB_STORAGE_WRITE_FAILED' } });
		expect(String((result as PromiseRejectedResult).reason.message)).toContain('database or disk is full');
	}
	expect(database.isTransaction).toBe(false);
	expect(rollbacks).toEqual(['kept']);
	await expect(changes.run(insert('later'))).rejects.toBe((results[0] as PromiseRejectedResult).reason);
	changes.close();
	await expect(changes.run(insert('last'))).rejects.toMatchObject({ code: 'ORB_STORAGE_WRITE_FAILED' });
	expect(committed()).toEqual(['kept']);
});

test('a change that throws takes its neighbours with it', async () => {
	const { changes, insert, committed, database } = await bench();
	const results = await Promise.allSettled([
		changes.run(insert('a')),
		changes.run(() => {
			throw new Error('no such thing');
		}),
		changes.run(insert('b')),
	]);
	expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
	expect(database.isTransaction).toBe(false);
	expect(committed()).toEqual([]);
});

test('a change whose own values cannot be stored is refused alone', async () => {
	const { changes, insert, committed, database } = await bench();
	const results = await Promise.allSettled([
		changes.run(insert('a')),
		changes.run(insert(null as never)),
		changes.run(insert({} as never)),
		changes.run(insert('b')),
	]);
	expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
	for (const result of [results[1], results[2]]) {
		const { reason } = result as PromiseRejectedResult;
		expect(reason).toMatchObject({ name: 'StorageError', code: 'ORB_STORAGE_WRITE_FAILED' });
		expect(reason.message).toContain('refused a change because of a value in it');
	}
	expect(database.isTransaction).toBe(false);
	await changes.run(insert('c'));
	await expect(changes.runNow(insert(undefined as never))).rejects.toThrow('refused a change');
	expect(committed()).toEqual(['a', 'b', 'c']);
});

test('a storage that fails while changes run alone refuses the rest', async () => {
	const { changes, insert, committed, database } = await bench();
	const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number };
	database.exec(`PRAGMA max_page_count = ${pages + 2}`);
	const results = await Promise.allSettled([
		changes.run(insert('a')),
		changes.run(insert(null as never)),
		changes.run(insert('x'.repeat(50_000))),
		changes.run(insert('b')),
	]);
	expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
	expect(committed()).toEqual(['a']);
	await expect(changes.run(insert('later'))).rejects.toThrow('database or disk is full');
});
