import type { BenchOptions } from '../../arguments.ts';
import { profileEach } from '../../measure/profile-each.ts';
import { type Outcome, roundLabel, runRounds } from '../../measure/rounds.ts';
import { note } from '../../note.ts';
import type { Verdict } from '../goals.ts';
import { resultTables, type TableRules } from '../result-tables.ts';

/** What one table of a part is made of. */
export interface SectionPlan<Name extends string, Sample> {
	/** For file names and notes. */
	readonly label: string;
	/** What is measured, in one line above the table. */
	readonly setting: string;
	readonly names: readonly Name[];
	/** Runs one contestant once, in a process of its own. */
	readonly once: (name: Name, nodeArguments: readonly string[]) => Promise<Sample>;
	/** Whether a contestant runs on Node, so that it can leave a CPU profile. */
	readonly runsOnNode: (name: Name) => boolean;
	readonly rules: TableRules<Sample>;
	/** Lines below the table that are nobody's fault. */
	readonly remarks: readonly string[];
}

/** One table, and every measurement it stands for. */
export interface Section {
	readonly label: string;
	readonly setting: string;
	readonly outcomes: readonly Outcome<unknown>[];
	readonly verdicts: readonly Verdict[];
	readonly faults: readonly string[];
	readonly remarks: readonly string[];
}

/** Runs the rounds, prints the table, and leaves the profiles if they are wanted. */
export async function measureSection<Name extends string, Sample>(
	{ label, setting, names, once, runsOnNode, rules, remarks }: SectionPlan<Name, Sample>,
	{ runs, cpuProfile }: Pick<BenchOptions, 'runs' | 'cpuProfile'>,
): Promise<Section> {
	const outcomes = await runRounds({
		names,
		rounds: runs,
		run: (name) => once(name, []),
		onRun: (name, round) => note(`${label}, ${roundLabel(round, runs)}: ${name}`),
	});
	const { table, verdicts, faults } = resultTables(outcomes, rules, remarks);
	const fullSetting = `${setting}, ${runs} rounds`;
	console.log(`\n${label}: ${fullSetting}\n\n${table}`);
	if (cpuProfile) await profileEach(`http-${label}`, names.filter(runsOnNode), once);
	return { label, setting: fullSetting, outcomes, verdicts, faults, remarks };
}
