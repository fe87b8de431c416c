import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { agreement, type FollowedRows } from '../../src/output/agreement.ts';
import type { OutputPosition } from '../../src/store/item-store.ts';
import { tempFolder } from '../crawler/crawl.ts';

/** Rows of 3 bytes with their line feed, and ids 2, 4, 6 …; the last has 4. */
const ROWS = [10, 20, 30, 40, 500].map((n, index) => ({ id: (index + 1) * 2, json: `${n}` }));
const FOLLOWED: FollowedRows = {
	after: async (itemId) => ROWS.filter(({ id }) => id > itemId).slice(0, 2),
	upTo: async (itemId, limit) => ROWS.filter(({ id }) => id <= itemId).slice(-limit),
};

async function agreed(content: string, known?: OutputPosition): Promise<OutputPosition | undefined> {
	const file = await open(join(await tempFolder(), 'rows'), 'w+');
	onTestFinished(() => file.close());
	await file.write(content);
	return agreement(file, content.length, known, FOLLOWED);
}

const START: OutputPosition = { itemId: 0, bytes: 0 };
const TWO: OutputPosition = { itemId: 4, bytes: 6 };

test('an empty file is written from its beginning, whatever was known', async () => {
	expect(await agreed('')).toEqual(START);
	expect(await agreed('', TWO)).toEqual(START);
	expect(await agreed('', { itemId: -1, bytes: 6 })).toEqual(START);
});

test('what comes after the known rows is kept as far as it is whole', async () => {
	expect(await agreed('10\n20\n', TWO)).toEqual(TWO);
	expect(await agreed('10\n20\n3', TWO)).toEqual(TWO);
	expect(await agreed('10\n20\n30\n40', TWO)).toEqual({ itemId: 6, bytes: 9 });
	expect(await agreed('10\n20\n30\n40\n50', START)).toEqual({ itemId: 8, bytes: 12 });
	expect(await agreed('10\n20\n30\n40\n500\n', TWO)).toEqual({ itemId: 10, bytes: 16 });
});

test('a file that lost its end goes on from there', async () => {
	expect(await agreed('10\n2', { itemId: 8, bytes: 12 })).toEqual({ itemId: 2, bytes: 3 });
});

test('anything else is no agreement', async () => {
	for (const content of ['11\n20\n', '10\n20\nxx', '10\n20\n30\n41\n', '10\n20\n30\n40\n500\n1', '10\nx']) {
		expect(await agreed(content, TWO)).toBeUndefined();
	}
});

test('an unknown file has to have a whole row of ours, and nothing else', async () => {
	expect(await agreed('10\n20\n3')).toEqual(TWO);
	for (const content of ['1', '10', '10\n21\n', 'notes']) expect(await agreed(content)).toBeUndefined();
});

test('rows that are gone are known by their length alone', async () => {
	expect(await agreed('70\n80\n', { itemId: -1, bytes: 6 })).toEqual(START);
	expect(await agreed('70\n80\n9', { itemId: -1, bytes: 6 })).toBeUndefined();
});
