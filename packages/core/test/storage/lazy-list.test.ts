import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { lazyList } from '../../src/storage/lazy-list.ts';

const counted = () => {
	const reads: string[] = [];
	const list = lazyList(
		async () => {
			reads.push('whole');
			return [1, 2];
		},
		async function* () {
			reads.push('piece');
			yield 1;
		},
	);
	return { list, reads };
};

test('is read whole when it is awaited', async () => {
	const { list, reads } = counted();

	expect(await list).toEqual([1, 2]);
	expect(reads).toEqual(['whole']);
});

test('is read in pieces, and not whole, when it is iterated', async () => {
	const { list, reads } = counted();
	const seen: number[] = [];
	for await (const n of list) seen.push(n);
	await sleep(1);

	expect(seen).toEqual([1]);
	expect(reads).toEqual(['piece']);
});

test('rejects with the reason', async () => {
	const list = lazyList(
		() => Promise.reject(new Error('gone')),
		async function* () {},
	);

	await expect(list).rejects.toThrow('gone');
});
