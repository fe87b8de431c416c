import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import type { PageOutcome } from '../../src/store/crawl-store.ts';
import { pageOf } from '../store/conformance.ts';
import { newRequest } from '../store/requests.ts';
import { temporaryFolder } from './temporary-folder.ts';

const OUTCOMES: readonly (() => PageOutcome)[] = [
	() => ({ status: 'handled' }),
	() => ({ status: 'failed', error: 'x' }),
	() => ({ status: 'skipped', reason: 'robotsTxt' }),
	() => ({ status: 'delayed', notBefore: Date.now() - 1, retryCount: 1, error: 'x' }),
	() => ({ status: 'delayed', notBefore: Date.now() + 60_000, retryCount: 1, error: 'x' }),
];

interface Step {
	readonly kind: 'add' | 'lease' | 'commit' | 'release' | 'reopen' | 'clear';
	readonly number: number;
}

const STEP = fc.record({
	kind: fc.constantFrom<Step['kind'][]>(
		'add',
		'add',
		'lease',
		'lease',
		'commit',
		'commit',
		'release',
		'reopen',
		'clear',
	),
	number: fc.nat(20),
});

/** The rows themselves, read by somebody else. */
function rows(path: string): {
	counts: Record<string, number>;
	waiting: Record<string, number>;
	kept: Record<string, number>;
} {
	const reader = new DatabaseSync(path, { readOnly: true });
	const table = (sql: string): Record<string, number> =>
		Object.fromEntries(
			reader
				.prepare(sql)
				.all()
				.map(({ name, count }) => [name as string, count as number]),
		);
	const read = {
		counts: table('SELECT status AS name, count(*) AS count FROM request GROUP BY status'),
		waiting: table(`SELECT name, count(*) AS count FROM request JOIN domain ON domain.id = domain_id
			WHERE status = 'waiting' GROUP BY name`),
		kept: table('SELECT name, waiting AS count FROM domain WHERE waiting <> 0'),
	};
	reader.close();
	return read;
}

test('its counts are those of the rows, whatever is done', async () => {
	const folder = await temporaryFolder();
	let run = 0;
	await fc.assert(
		fc.asyncProperty(fc.array(STEP, { maxLength: 25 }), async (steps) => {
			const path = join(folder, `${run++}.sqlite`);
			let store = SqliteStore.open(path);
			const ids: number[] = [];
			for (const { kind, number } of steps) {
				const domain = `d${number % 3}.example`;
				const id = ids[number % Math.max(1, ids.length)] ?? number;
				const outcome = OUTCOMES[number % OUTCOMES.length]?.() as PageOutcome;
				if (kind === 'add') await store.add([newRequest(`/${number}`, { domain })]);
				else if (kind === 'lease') ids.push(...(await store.lease(domain, number)).map((leased) => leased.id));
				else if (kind === 'commit')
					await store.commit(pageOf({ id }, { outcome, requests: [newRequest(`/x${number}`, { domain })] }));
				else if (kind === 'release') await store.release([id, number]);
				else if (kind === 'clear') await store.clear();
				else {
					await store.close();
					store = SqliteStore.open(path);
				}
			}
			const { counts, waiting, kept } = rows(path);
			const told = Object.fromEntries(Object.entries(store.counts()).filter(([, count]) => count !== 0));
			await store.close();
			expect(told).toEqual(counts);
			expect(kept).toEqual(waiting);
		}),
		{ numRuns: 15 },
	);
}, 20_000);

test('more domains than it keeps in mind are no trouble', async () => {
	await using store = SqliteStore.open(':memory:');
	const requests = Array.from({ length: 11_000 }, (_, n) => newRequest('/', { domain: `d${n}.example` }));
	await store.add(requests);
	await store.add(requests.map((request) => ({ ...request, uniqueKey: `${request.uniqueKey}2` })));
	expect(await store.lease('d0.example', 9)).toHaveLength(2);
	expect(await store.lease('d10999.example', 9)).toHaveLength(2);
	expect(store.counts()).toMatchObject({ waiting: 21_996, leased: 4 });
});

test('keys of the same hash are told apart', async () => {
	const path = join(await temporaryFolder(), 'crawl.sqlite');
	{
		await using store = SqliteStore.open(path);
		await store.add([newRequest('/1'), newRequest('/2'), newRequest('/0')]);
	}
	const database = new DatabaseSync(path);
	// As if all three had come out the same.
	database.exec(`UPDATE request SET key_hash = (SELECT key_hash FROM request WHERE unique_key LIKE '%/0')`);
	database.close();
	await using store = SqliteStore.open(path);
	const added = await store.add([newRequest('/0'), newRequest('/0')]);
	expect(added).toEqual([
		{ id: 3, wasAlreadyPresent: true, wasAlreadyHandled: false },
		{ id: 3, wasAlreadyPresent: true, wasAlreadyHandled: false },
	]);
	expect(await store.history('http://a.example/0')).toMatchObject({ uniqueKey: 'http://a.example/0' });
	expect(await store.history('http://a.example/3')).toBeUndefined();
	expect(store.counts().waiting).toBe(3);
});
