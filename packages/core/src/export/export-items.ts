import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { csvCells, csvHeader, csvLines } from './csv-chunks.ts';
import { RowColumns } from './row-columns.ts';

/**
 * Writes rows that are in memory to a CSV file, one column for each of their own keys, as Crawlee does; but `true` and
 * `false` are written as such.
 *
 * @param options `collectAllKeys`: whether the keys of all rows count, or only those of the first.
 */
export async function exportItems(
	path: string,
	items: readonly object[],
	{ collectAllKeys }: { readonly collectAllKeys: boolean },
): Promise<void> {
	const columns = new RowColumns({ depth: 1 });
	for (const item of collectAllKeys ? items : items.slice(0, 1)) columns.learn(item);
	const lines = items.map((item) => csvCells(columns, item));
	await mkdir(dirname(path), { recursive: true });
	await writeFile(path, items.length === 0 ? '' : csvHeader(columns, '\n') + csvLines(lines, '\n'));
}
