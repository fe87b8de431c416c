import { fileURLToPath } from 'node:url';
import { peakRssBytes } from './peak-memory.ts';
import { runToEnd } from './run-to-end.ts';

/** What the operating system says about a whole process, start-up and every thread of it included. */
export interface ProcessFacts {
	/** User and system time together. */
	readonly cpuSeconds: number;
	/** Largest resident set. */
	readonly maxRssBytes: number;
}

/** An answer with the cost of the process that gave it. */
export interface Measured<Answer> extends ProcessFacts {
	readonly answer: Answer;
	/** Wall time from the start of the process to its end. */
	readonly processSeconds: number;
}

/** What `runChild` starts. */
export interface ChildOptions {
	/** The script; it answers through `answerAsChild`, or as that does. */
	readonly script: URL;
	/** Which contestant the script shall be. */
	readonly name: string;
	/** Handed over as JSON. */
	readonly job: unknown;
	/** What runs the script. This Node by default. */
	readonly program?: string | undefined;
	/** Flags for Node itself. None by default. */
	readonly nodeArguments?: readonly string[];
	/** The folder the child works in. This process's own by default. */
	readonly directory?: string;
}

/**
 * Starts a process of its own for one contestant, waits for its end and returns its answer.
 *
 * @throws {Error} with the child's own words if it ends in any other way than with an answer and exit code 0.
 */
export async function runChild<Answer>({
	script,
	name,
	job,
	program = process.execPath,
	nodeArguments = [],
	directory = process.cwd(),
}: ChildOptions): Promise<Measured<Answer>> {
	const { output, processSeconds } = await runToEnd({
		program,
		arguments: [...nodeArguments, fileURLToPath(script), name, JSON.stringify(job)],
		name,
		directory,
	});
	const lastLine = output.trimEnd().split('\n').at(-1) ?? '';
	if (lastLine === '') throw new Error(`${name} ended without an answer`);
	return { ...(JSON.parse(lastLine) as ProcessFacts & { answer: Answer }), processSeconds };
}

/**
 * The child's side: does the job named on the command line and prints the answer with this process's cost as one line
 * of JSON. Ends the process, because what a library leaves running is none of the measurement's business.
 */
export async function answerAsChild<Job, Answer>(
	work: (name: string, job: Job) => Promise<Answer>,
	[name = '', job = 'null']: readonly string[] = process.argv.slice(2),
): Promise<never> {
	const answer = await work(name, JSON.parse(job) as Job);
	const { userCPUTime, systemCPUTime } = process.resourceUsage();
	const facts: ProcessFacts = { cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, maxRssBytes: peakRssBytes() };
	await new Promise((resolve) => process.stdout.write(`${JSON.stringify({ answer, ...facts })}\n`, resolve));
	process.exit(0);
}
