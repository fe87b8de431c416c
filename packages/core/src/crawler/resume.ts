import { constants } from 'node:os';
import { createInterface } from 'node:readline/promises';
import type { Log } from '../crawlee.ts';
import type { CrawlStore, StoreCounts } from '../store/crawl-store.ts';

/** Whether a crawl goes on with what its storage holds, starts over, or asks. */
export type Resume = boolean | 'ask';

/** Asks a person; answers what was typed. Undefined where nobody can be asked. */
export type Ask = (question: string) => Promise<string>;

/** What a storage holds of an earlier crawl. */
interface EarlierCrawl {
	readonly done: number;
	readonly open: number;
	readonly rows: number;
}

/** What the storage holds, or undefined when there is nothing in it. */
async function earlierCrawl(store: CrawlStore): Promise<EarlierCrawl | undefined> {
	const { waiting, delayed, leased, handled, failed, skipped, redirected }: StoreCounts = store.counts();
	const rows = (await store.datasets()).reduce((sum, { itemCount }) => sum + itemCount, 0);
	const earlier = { done: handled + failed + skipped + redirected, open: waiting + delayed + leased, rows };
	return earlier.done + earlier.open + rows > 0 ? earlier : undefined;
}

/**
 * Does what `resume` says with an earlier crawl: leaves it to be gone on with, or empties the storage and says what is
 * gone. Answers true when the storage was emptied.
 */
export async function resumeOrStartOver(
	store: CrawlStore,
	resume: Resume,
	context: { readonly path: string; readonly log: Pick<Log, 'info' | 'warning'>; readonly ask?: Ask | undefined },
): Promise<boolean> {
	const earlier = await earlierCrawl(store);
	if (earlier === undefined || resume === true) return false;
	const { path, log, ask } = context;
	if (resume === 'ask') {
		if (ask === undefined) {
			log.info(`${described(earlier, path)} Going on with it, as there is no terminal to ask.`);
			return false;
		}
		const answer = await ask(`${described(earlier, path)} Go on with it (g) or start over (s)? [g] `);
		if (!startsOver(answer)) return false;
	}
	await store.clear();
	log.warning(`Starting over. ${described(earlier, path)} That is removed.`);
	return true;
}

/** Only a clear yes removes anything. */
export function startsOver(answer: string): boolean {
	return /^s(tart( over)?)?$/i.test(answer.trim());
}

function described({ done, open, rows }: EarlierCrawl, path: string): string {
	const state = open === 0 ? 'a finished crawl' : 'an unfinished crawl';
	const requests = open === 0 ? `${done} requests` : `${done} of ${done + open} requests done`;
	return `${path} holds ${state}: ${requests}, ${rows} ${rows === 1 ? 'row' : 'rows'}.`;
}

/** Where a person is asked: what is typed, what is shown, and how the process is left without an answer. */
export interface Terminal {
	readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean | undefined };
	readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean | undefined };
	leave(message: string): never;
}

const OUR_TERMINAL: Terminal = {
	input: process.stdin,
	output: process.stdout,
	leave: (message) => {
		process.stderr.write(`${message}\n`);
		process.exit(128 + constants.signals.SIGINT);
	},
};

/**
 * Asks at the terminal, if there is one. Ctrl-C or Ctrl-D at the question leaves the process, as after SIGINT, with nothing
 * done.
 */
export function terminalAsk({ input, output, leave }: Terminal = OUR_TERMINAL): Ask | undefined {
	if (!input.isTTY || !output.isTTY) return undefined;
	return async (question) => {
		const answer = await answerTo(question, input, output);
		return (
			answer ??
			leave('Nothing was done: the question was not answered. resume: true goes on without asking, false starts over.')
		);
	};
}

/** What is typed, or undefined when it is Ctrl-C, Ctrl-D or the end of the terminal. */
async function answerTo(
	question: string,
	input: Terminal['input'],
	output: Terminal['output'],
): Promise<string | undefined> {
	const terminal = createInterface({ input, output });
	terminal.once('SIGINT', () => terminal.close());
	// Not every version of Node ends the question with the terminal.
	const closed = new Promise<undefined>((resolve) => {
		terminal.once('close', () => resolve(undefined));
	});
	try {
		const answered = terminal.question(question).catch((error: NodeJS.ErrnoException) => {
			if (error.code !== 'ABORT_ERR') throw error;
			return undefined;
		});
		const answer = await Promise.race([answered, closed]);
		if (answer === undefined) output.write('\n');
		return answer;
	} finally {
		terminal.close();
	}
}
