import { execFile } from 'node:child_process';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { SqliteStore } from '../../src/sqlite/sqlite-store.ts';
import { temporaryFolder } from '../sqlite/temporary-folder.ts';

const FEW = 20_000;
const MANY = 200_000;
/** In MB. The many rows are 45 MB of JSON, and more than 100 MB as objects: who gathers them dies here, always. */
const HEAP = 64;
/** The collector goes to work early, so that what it has not come to yet is little. */
const LIMITS = [`--max-old-space-size=${HEAP}`, '--max-semi-space-size=4'];
/** What ten times the rows may need beside the heap, in MB: less than their JSON. */
const MARGIN = 40;

const AT_ONCE = 1_000;

const run = promisify(execFile);
const WEIGHED = join(import.meta.dirname, 'fixtures/weighed-export.ts');

function shopRow(id: number): object {
	const offer = { price: id % 100, currency: id % 2 === 0 ? 'EUR' : null };
	const url = `https://shop.example/products/${id}/${'x'.repeat(80)}`;
	return {
		id,
		url,
		name: `Product "${id}", größe`,
		price: id / 8,
		inStock: id % 3 === 0,
		tags: ['a', `b${id}`],
		offer,
	};
}

async function filled(count: number): Promise<string> {
	const path = join(await temporaryFolder(), 'crawl.sqlite');
	await using store = SqliteStore.open(path);
	for (let first = 0; first < count; first += AT_ONCE) {
		const rows = Array.from({ length: AT_ONCE }, (_, index) => shopRow(first + index));
		await store.pushItems(rows.map((row) => ({ dataset: 'default', json: JSON.stringify(row) })));
	}
	return path;
}

async function weigh(storage: string, format: string): Promise<{ rows: number; peak: number }> {
	const file = join(dirname(storage), `rows.${format}`);
	const { stdout } = await run(process.execPath, [...LIMITS, WEIGHED, storage, file]);
	return JSON.parse(stdout) as { rows: number; peak: number };
}

describe('the memory of an export does not grow with the rows', () => {
	test.each(['csv', 'jsonl', 'parquet'])(
		'%s',
		async (format) => {
			const few = await weigh(await filled(FEW), format);
			const many = await weigh(await filled(MANY), format);
			console.log(`${format}: ${FEW} rows ${few.peak} MB, ${MANY} rows ${many.peak} MB`);
			expect([few.rows, many.rows]).toEqual([FEW, MANY]);
			expect(many.peak).toBeLessThan(few.peak + MARGIN);
		},
		240_000,
	);
});
