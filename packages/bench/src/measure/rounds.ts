/** What one contestant did in all counted rounds. */
export interface Outcome<Sample> {
	readonly name: string;
	readonly samples: readonly Sample[];
	/** Why it was taken out, if it was. */
	readonly failure?: string;
}

/**
 * Who runs when: A B C, C B A, A B C, … so that a machine which warms up or slows down favours nobody.
 */
export function orderOfRounds<Name extends string>(names: readonly Name[], rounds: number): Name[][] {
	return Array.from({ length: rounds }, (_, round) => (round % 2 === 0 ? [...names] : names.toReversed()));
}

/** Settings of `runRounds`. */
export interface RoundsOptions<Name extends string, Sample> {
	readonly names: readonly Name[];
	/** Rounds that count. */
	readonly rounds: number;
	/** Whether a round that does not count comes first. True by default. */
	readonly warmUp?: boolean;
	/** Runs one contestant once. */
	readonly run: (name: Name) => Promise<Sample>;
	/** Told before each run; see `roundLabel`. */
	readonly onRun?: (name: Name, round: number) => void;
}

/** What a round is called; round 0 is the warm-up. */
export function roundLabel(round: number, rounds: number): string {
	return round === 0 ? 'warm-up' : `round ${round} of ${rounds}`;
}

/**
 * One warm-up round that is not counted (it fills the disk caches and shows early who cannot run), then the counted
 * rounds, one contestant at a time. A contestant that throws is out for the rest and keeps the reason.
 */
export async function runRounds<Name extends string, Sample>({
	names,
	rounds,
	warmUp = true,
	run,
	onRun = () => {},
}: RoundsOptions<Name, Sample>): Promise<Outcome<Sample>[]> {
	const samples = new Map(names.map((name): [Name, Sample[]] => [name, []]));
	const failures = new Map<Name, string>();
	for (const [round, order] of [warmUp ? names : [], ...orderOfRounds(names, rounds)].entries()) {
		for (const name of order) {
			if (failures.has(name)) continue;
			onRun(name, round);
			try {
				const sample = await run(name);
				if (round > 0) samples.get(name)?.push(sample);
			} catch (error) {
				failures.set(name, error instanceof Error ? error.message : String(error));
			}
		}
	}
	return names.map((name) => {
		const failure = failures.get(name);
		return { name, samples: samples.get(name) ?? [], ...(failure === undefined ? {} : { failure }) };
	});
}
