import { parseArgs } from 'node:util';
import { nearestName } from '@orbweaver/http';
import type { MonitorOptions } from '@orbweaver/monitor';
import { UsageError } from './usage-error.ts';

/** The variable that a token is taken from: a command line can be read by every user of the machine. */
export const TOKEN_VARIABLE: string = 'ORBWEAVER_MONITOR_TOKEN';

export const USAGE: string = `npm run log-monitor -- <file or pattern…> [options]

Shows log files live in the browser, with filters and search. Put patterns in quotes: files that come later are followed too.

  --port <n>        where to listen (7373; 0 takes a free port)
  --host <address>  where others can reach it (127.0.0.1: only from this machine); anything else needs a token
  --token <token>   what watchers must show, at least 16 characters; better in the variable ${TOKEN_VARIABLE}
  --lines <n>       how many of the last lines of each file are shown at the start (10)
  --buffer <n>      how many lines are held for those who come later, or come back (50000)
  --help            this text

Examples:
  npm run log-monitor -- '/var/log/*.log'
  npm run log-monitor -- app.log 'workers/**/*.log' --lines 100
  ${TOKEN_VARIABLE}=$(openssl rand -hex 16) npm run log-monitor -- app.log --host 0.0.0.0

Exit codes: 0 ended by Ctrl-C or SIGTERM, 1 it could not start, 2 wrong use.`;

const OPTIONS = {
	port: { type: 'string', default: '7373' },
	host: { type: 'string', default: '127.0.0.1' },
	token: { type: 'string' },
	lines: { type: 'string', default: '10' },
	buffer: { type: 'string', default: '50000' },
	help: { type: 'boolean', default: false },
} as const;

/**
 * Reads the command line; undefined when help is asked for.
 *
 * @throws UsageError in one sentence for what cannot be used.
 */
export function readArguments(argv: readonly string[], environment: NodeJS.ProcessEnv): MonitorOptions | undefined {
	const { values, positionals } = parse(argv);
	if (values.help) return undefined;
	if (positionals.length === 0) {
		throw new UsageError("Which files? Give paths or patterns: npm run log-monitor -- '/var/log/*.log'");
	}
	const token = values.token ?? environment[TOKEN_VARIABLE];
	return {
		tail: positionals,
		port: wholeNumber('port', values.port, 65_535),
		host: values.host,
		...(token === undefined || token === '' ? {} : { token }),
		tailLines: wholeNumber('lines', values.lines, 100_000),
		bufferEntries: wholeNumber('buffer', values.buffer, 10_000_000, 1),
	};
}

function parse(argv: readonly string[]) {
	try {
		return parseArgs({ args: [...argv], allowPositionals: true, options: OPTIONS });
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		const unknown = /Unknown option '--?([^']+)'/.exec(message)?.[1];
		if (unknown === undefined) throw new UsageError(message.replaceAll(/\s+/g, ' '));
		const near = nearestName(unknown, Object.keys(OPTIONS));
		throw new UsageError(`There is no option --${unknown}: did you mean --${near}? --help lists them all.`);
	}
}

function wholeNumber(name: string, text: string, most: number, least = 0): number {
	const value = /^\d+$/.test(text) ? Number(text) : Number.NaN;
	if (value >= least && value <= most) return value;
	throw new UsageError(`--${name} must be a whole number from ${least} to ${most}, got "${text}".`);
}
