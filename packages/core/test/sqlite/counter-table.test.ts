import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { CounterTable } from '../../src/sqlite/counter-table.ts';
import { createSchema } from '../../src/sqlite/schema.ts';

function database(): DatabaseSync {
	const made = new DatabaseSync(':memory:');
	createSchema(made);
	return made;
}

const rows = (made: DatabaseSync): unknown => made.prepare('SELECT name, value FROM counter ORDER BY name').all();

test('changes are in the file after save, and only those', () => {
	const made = database();
	const counters = new CounterTable(made);
	counters.add('waiting', 3);
	counters.add('waiting', -1);
	counters.set('clock', 77);
	expect(rows(made)).toEqual([]);
	counters.save();
	expect(rows(made)).toEqual([
		{ name: 'clock', value: 77 },
		{ name: 'waiting', value: 2 },
	]);
	made.exec('UPDATE counter SET value = 50');
	counters.add('handled', 1);
	counters.save();
	expect(rows(made)).toEqual([
		{ name: 'clock', value: 50 },
		{ name: 'handled', value: 1 },
		{ name: 'waiting', value: 50 },
	]);
});

test('reload forgets what was not saved', () => {
	const made = database();
	const counters = new CounterTable(made);
	counters.add('rejected', 1);
	counters.save();
	counters.add('rejected', 4);
	counters.add('failed', 4);
	counters.reload();
	expect(counters.get('rejected')).toBe(1);
	expect(counters.counts()).toEqual({
		waiting: 0,
		delayed: 0,
		leased: 0,
		handled: 0,
		failed: 0,
		skipped: 0,
		redirected: 0,
	});
});
