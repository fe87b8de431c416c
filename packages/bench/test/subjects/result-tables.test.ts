import { expect, test } from 'vitest';
import { countColumn, rangeColumn } from '../../src/subjects/result-columns.ts';
import { resultTables, type TableRules } from '../../src/subjects/result-tables.ts';

interface Sample {
	readonly done: number;
	readonly seconds: number;
}

const rules: TableRules<Sample> = {
	columns: [countColumn('done', ({ done }) => done), rangeColumn('wall s', ({ seconds }) => seconds)],
	faults: ({ done }) => (done === 10 ? [] : [`did ${done} of 10`]),
	speed: ({ done, seconds }) => done / seconds,
	cost: ({ seconds }) => seconds,
	units: { speed: 'jobs/s', cost: 'CPU/job' },
	comparisons: [{ numerator: 'fast', denominator: 'slow', goal: 2 }],
};
const fast = { name: 'fast', samples: [{ done: 10, seconds: 1 }] };
const slow = { name: 'slow', samples: [{ done: 10, seconds: 4 }] };

test('a row for each, then the ratios in the units of the subject', () => {
	const { table, verdicts, faults } = resultTables([fast, slow], rules, []);
	expect(table.split('\n')).toEqual([
		'contestant  done  wall s (min–max)',
		'──────────  ────  ────────────────',
		'fast          10                 1',
		'slow          10                 4',
		'',
		'ratio, median of rounds  jobs/s (min–max)  CPU/job (min–max)  goal of jobs/s',
		'───────────────────────  ────────────────  ─────────────────  ──────────────',
		'fast / slow                             4               0.25  ≥ 2: reached',
	]);
	expect(verdicts).toHaveLength(1);
	expect(faults).toEqual([]);
});

test('who did not do all of its work is named and not compared', () => {
	const lazy = {
		name: 'fast',
		samples: [
			{ done: 10, seconds: 1 },
			{ done: 9, seconds: 1 },
		],
	};
	const { table, verdicts, faults } = resultTables([lazy, slow], rules, ['curl did not take part']);
	expect(verdicts).toEqual([]);
	expect(faults).toEqual(['fast, round 2: did 9 of 10']);
	expect(table).toContain('\n\ncurl did not take part\nfast, round 2: did 9 of 10');
});

test('who failed has dashes and a reason', () => {
	const { table, faults } = resultTables([{ name: 'fast', samples: [], failure: 'no disk' }], rules, []);
	expect(table).toMatch(/^fast +– +–$/m);
	expect(faults).toEqual(['fast failed: no disk']);
});
