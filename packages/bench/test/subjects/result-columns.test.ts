import { expect, test } from 'vitest';
import { countColumn, medianColumn, memoryColumn, rangeColumn } from '../../src/subjects/result-columns.ts';

const own = (value: number): number => value;

test('each kind of column shows what its name says', () => {
	expect(medianColumn('s', own).cell([3, 1, 2])).toBe('2');
	expect(rangeColumn('s', own).cell([3, 1, 2])).toBe('2 (1–3)');
	expect(memoryColumn('memory', own).cell([3e6, 1e6, 2e6])).toBe('2 MB');
	expect(countColumn('pages', own).cell([7, 7, 7])).toBe('7');
	expect(countColumn('pages', own).cell([7, 6, 7])).toBe('7, 6');
});

test('a range is announced in the title', () => {
	expect(rangeColumn('pages/s', own).title).toBe('pages/s (min–max)');
});
