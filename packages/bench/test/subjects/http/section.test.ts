import { afterEach, expect, test, vi } from 'vitest';
import { measureSection, type SectionPlan } from '../../../src/subjects/http/section.ts';
import { rangeColumn } from '../../../src/subjects/result-columns.ts';

afterEach(() => {
	vi.restoreAllMocks();
});

function plan(runs: string[]): SectionPlan<string, number> {
	return {
		label: 'requests',
		setting: '10 GETs',
		names: ['ours', 'aiohttp'],
		once: async (name, flags) => {
			runs.push([name, ...flags].join(' '));
			return name === 'ours' ? 1 : 2;
		},
		runsOnNode: (name) => name === 'ours',
		rules: {
			columns: [rangeColumn('s', (value) => value)],
			faults: (value) => (value > 1 ? ['too slow'] : []),
			speed: (value) => value,
			cost: (value) => value,
			units: { speed: 'x/s', cost: 'CPU/x' },
			comparisons: [],
		},
		remarks: ['got did not take part'],
	};
}

test('rounds are run, the table is printed, everything is handed out for the report', async () => {
	const print = vi.spyOn(console, 'log').mockReturnValue();
	vi.spyOn(console, 'error').mockReturnValue();
	const runs: string[] = [];
	const section = await measureSection(plan(runs), { runs: 2, cpuProfile: false });
	expect(runs).toEqual(['ours', 'aiohttp', 'ours', 'aiohttp', 'aiohttp', 'ours']);
	expect(section).toEqual({
		label: 'requests',
		setting: '10 GETs, 2 rounds',
		outcomes: [
			{ name: 'ours', samples: [1, 1] },
			{ name: 'aiohttp', samples: [2, 2] },
		],
		verdicts: [],
		faults: ['aiohttp, round 1: too slow', 'aiohttp, round 2: too slow'],
		remarks: ['got did not take part'],
	});
	expect(print.mock.calls.join()).toMatch(/^\nrequests: 10 GETs, 2 rounds\n\ncontestant +s/);
});

test('only what runs on Node leaves a CPU profile', async () => {
	vi.spyOn(console, 'log').mockReturnValue();
	vi.spyOn(console, 'error').mockReturnValue();
	const runs: string[] = [];
	await measureSection(plan(runs), { runs: 1, cpuProfile: true });
	expect(runs.slice(4)).toEqual([
		expect.stringMatching(/^ours --cpu-prof .*--cpu-prof-name=bench-http-requests-ours\.cpuprofile$/),
	]);
});
