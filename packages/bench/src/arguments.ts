import { parseArgs } from 'node:util';

/** What the bench was asked to do, complete and checked. */
export interface BenchOptions {
	/** Pages of the generated site, or of each domain; the subject's own default if undefined. */
	readonly pages: number | undefined;
	readonly profile: Profile;
	/** Rounds that count. */
	readonly runs: number;
	/** Requests in flight at a time; the subject's own default if undefined. */
	readonly concurrency: number | undefined;
	/** Only these contestants; all if undefined. */
	readonly only: readonly string[] | undefined;
	/** Where to write the figures; nowhere if undefined. */
	readonly json: string | undefined;
	/** One more run of every contestant, not counted, that leaves a CPU profile. */
	readonly cpuProfile: boolean;
	/** Only these parts of the subject `http`; all if undefined. */
	readonly parts: readonly PartName[] | undefined;
	/** Requests of a run of `http`, at most, or of `queue`; their own numbers if undefined. */
	readonly requests: number | undefined;
	/** Size of the file that `http` downloads, in MiB; its own if undefined. */
	readonly sizeMiB: number | undefined;
	/** How many URLs wait in the queues that are measured; the subject's own if undefined. */
	readonly urls: readonly number[] | undefined;
	/** Messages of a run of `http`; its own numbers if undefined. */
	readonly messages: number | undefined;
	/** How many domains `domains` crawls; its own number if undefined. */
	readonly domains: number | undefined;
	/** The least time between two requests to one domain in `domains`, in milliseconds; its own if undefined. */
	readonly minTimeMs: number | undefined;
}

/** How large the generated pages are. */
export type Profile = (typeof profiles)[number];

const profiles = ['small', 'real'] as const;

/** A part of the subject `http`. */
export type PartName = (typeof partNames)[number];

/** The parts of the subject `http`, in the order they are measured. */
export const partNames = ['tutorial', 'requests', 'download', 'websocket'] as const;

/** The options that not every subject has, and those that have them. */
const owners: Readonly<Record<string, readonly string[]>> = {
	pages: ['crawl', 'parse', 'domains'],
	profile: ['crawl', 'parse'],
	concurrency: ['crawl', 'http', 'domains'],
	domains: ['domains'],
	'min-time': ['domains'],
	part: ['http'],
	requests: ['http', 'queue'],
	size: ['http'],
	messages: ['http'],
	urls: ['queue'],
};

/** A command line that makes no sense; the message says what is wrong and what would be right. */
export class UsageError extends Error {
	override readonly name = 'UsageError';
}

/** A command line taken apart. */
export type Command =
	| { readonly help: true }
	| { readonly help: false; readonly subject: string; readonly options: BenchOptions };

/**
 * Reads `[subject] [--option value …]`.
 *
 * @throws {UsageError} on an unknown subject, option or value, one that the subject has not, or if no subject is named.
 */
export function parseCommand(argv: readonly string[], subjects: readonly string[]): Command {
	const { values, positionals } = parseOrExplain(argv);
	if (values.help === true) return { help: true };
	const [subject, ...rest] = positionals;
	if (subject === undefined) throw new UsageError(`name a subject: ${subjects.join(', ')}`);
	if (!subjects.includes(subject)) {
		throw new UsageError(`unknown subject ${JSON.stringify(subject)}; there is ${subjects.join(', ')}`);
	}
	if (rest.length > 0) throw new UsageError(`one subject at a time, got also ${rest.join(' ')}`);
	const foreign = Object.keys(values).find((name) => owners[name]?.includes(subject) === false);
	if (foreign !== undefined)
		throw new UsageError(
			`--${foreign} is an option of ${listed(owners[foreign] ?? [], 'conjunction')}, not of ${subject}`,
		);
	return {
		help: false,
		subject,
		options: {
			pages: count('pages', values.pages),
			profile: oneOf('profile', values.profile ?? 'small', profiles),
			runs: count('runs', values.runs) ?? 5,
			concurrency: count('concurrency', values.concurrency),
			only: list(values.only),
			json: values.json,
			cpuProfile: values['cpu-profile'] ?? false,
			parts: list(values.part)?.map((name) => oneOf('part', name, partNames)),
			requests: count('requests', values.requests),
			sizeMiB: count('size', values.size),
			messages: count('messages', values.messages),
			domains: count('domains', values.domains),
			minTimeMs: count('min-time', values['min-time']),
			urls: list(values.urls)?.map((text) => count('urls', text) as number),
		},
	};
}

/**
 * The contestants that take part, in the order of `all`.
 *
 * @throws {UsageError} if `only` names one that does not exist.
 */
export function chooseContestants<Name extends string>(
	all: readonly Name[],
	only: readonly string[] | undefined,
): Name[] {
	const names: readonly string[] = all;
	const unknown = only?.filter((name) => !names.includes(name)) ?? [];
	if (unknown.length > 0)
		throw new UsageError(`--only: no contestant ${unknown.join(', ')}; there is ${all.join(', ')}`);
	return all.filter((name) => only?.includes(name) ?? true);
}

function parseOrExplain(argv: readonly string[]) {
	try {
		return parseArgs({
			args: [...argv],
			allowPositionals: true,
			options: {
				pages: { type: 'string' },
				profile: { type: 'string' },
				runs: { type: 'string' },
				concurrency: { type: 'string' },
				only: { type: 'string' },
				json: { type: 'string' },
				'cpu-profile': { type: 'boolean' },
				part: { type: 'string' },
				requests: { type: 'string' },
				size: { type: 'string' },
				messages: { type: 'string' },
				urls: { type: 'string' },
				domains: { type: 'string' },
				'min-time': { type: 'string' },
				help: { type: 'boolean', short: 'h' },
			},
		});
	} catch (error) {
		throw new UsageError((error as Error).message);
	}
}

function list(text: string | undefined): string[] | undefined {
	return text?.split(',').map((name) => name.trim());
}

function count(name: string, text: string | undefined): number | undefined {
	if (text === undefined) return undefined;
	const value = Number(text);
	if (!Number.isSafeInteger(value) || value < 1) {
		throw new UsageError(`--${name} must be a whole number of at least 1, got ${JSON.stringify(text)}`);
	}
	return value;
}

function oneOf<Name extends string>(option: string, text: string, names: readonly Name[]): Name {
	const found = names.find((name) => name === text);
	if (found === undefined) throw new UsageError(`--${option} must be ${listed(names)}, got ${JSON.stringify(text)}`);
	return found;
}

function listed(names: readonly string[], type: 'conjunction' | 'disjunction' = 'disjunction'): string {
	return new Intl.ListFormat('en-GB', { type }).format(names);
}
