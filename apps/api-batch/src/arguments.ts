import { parseArgs } from 'node:util';
import { nearestName } from '@orbweaver/http';
import { parseRate, type Rate } from './rate.ts';

/** Who signs in, and where. */
export interface Account {
	readonly user: string;
	readonly password: string;
	/** Absolute. */
	readonly loginUrl: string;
	/** The environment variable that the password came from. */
	readonly passwordEnv: string;
}

/** What to run and how. */
export interface Settings {
	/** A file, or `-` for standard input. */
	readonly input: string;
	readonly output: string;
	/** Ends in `/`. */
	readonly baseUrl: string;
	/** Undefined for an API that wants no token. */
	readonly account: Account | undefined;
	readonly concurrency: number;
	readonly rate: Rate | undefined;
	readonly timeoutMs: number | undefined;
	readonly retries: number | undefined;
	readonly retryFailed: boolean;
	readonly quiet: boolean;
}

export const USAGE = `npm run api-batch -- <requests.jsonl> --base-url <url> [options]

Runs the requests of a file (or of standard input: -), one JSON object a line:
  {"path": "items/1"}
  {"id": "new-7", "method": "POST", "path": "items", "json": {"name": "Lamp"}, "headers": {…}, "query": {…}}
(or "url", absolute, for "path")
and writes one result a line. Run it again to go on where it stopped: what succeeded is not repeated.
Without an "id" a line is known by what it sends, so lines may be put in or moved between two runs.

  --base-url <url>       what a "path" is below of; the token is sent to this origin only
  --output <file>        where the results go (<requests>.results.jsonl); its folder is made
  --user <name>          signs in for a token; the password is in the environment variable API_PASSWORD
  --password-env <name>  another variable for the password
  --login-path <path>    where to sign in, below the base URL (login)
  --concurrency <n>      requests in flight at once (20)
  --rate <n>/<s|min|h>   never more than n requests in any second, minute or hour: 50/s
  --timeout <seconds>    how long one request may take, its retries included (60)
  --retries <n>          further tries after failures that may pass (2)
  --retry-failed         runs those again that failed in an earlier run
  --quiet                neither progress nor summary
  --help                 this text

Exit codes: 0 all succeeded, 1 some failed, 2 wrong use, 130 stopped by Ctrl-C.`;

/** A command line, or a file that it names, that cannot be used. */
export class UsageError extends Error {}

const OPTIONS = {
	'base-url': { type: 'string' },
	output: { type: 'string' },
	user: { type: 'string' },
	'password-env': { type: 'string', default: 'API_PASSWORD' },
	'login-path': { type: 'string', default: 'login' },
	concurrency: { type: 'string', default: '20' },
	rate: { type: 'string' },
	timeout: { type: 'string' },
	retries: { type: 'string' },
	'retry-failed': { type: 'boolean', default: false },
	quiet: { type: 'boolean', default: false },
	help: { type: 'boolean', default: false },
} as const;

const EXAMPLES: Readonly<Record<string, string>> = {
	'base-url': 'https://api.example.com/v1/',
	output: 'results.jsonl',
	user: 'ada (the password is in the environment variable API_PASSWORD)',
	'password-env': 'API_PASSWORD',
	'login-path': 'login',
	rate: '50/s',
};

/**
 * Reads the command line; undefined when help is asked for.
 *
 * @throws UsageError in one sentence for what cannot be used.
 */
export function readArguments(argv: string[], env: NodeJS.ProcessEnv): Settings | undefined {
	const { values, positionals } = parse(argv);
	if (values.help) return undefined;
	const [input, ...more] = positionals;
	if (input === undefined || more.length > 0) {
		const problem = input === undefined ? 'Which requests?' : `"${more[0]}" is one file too many.`;
		throw new UsageError(
			`${problem} Give one file: npm run api-batch -- requests.jsonl --base-url https://api.example.com/ (--help lists the options).`,
		);
	}
	const baseUrl = baseUrlOf(values['base-url']);
	const timeout = values.timeout === undefined ? undefined : number('timeout', values.timeout, 0.001);
	return {
		input,
		output: values.output ?? outputFor(input),
		baseUrl,
		account: accountOf({ ...values, baseUrl }, env),
		concurrency: wholeNumber('concurrency', values.concurrency, 1),
		rate: rateOf(values.rate),
		timeoutMs: timeout === undefined ? undefined : Math.ceil(timeout * 1_000),
		retries: values.retries === undefined ? undefined : wholeNumber('retries', values.retries, 0),
		retryFailed: values['retry-failed'],
		quiet: values.quiet,
	};
}

function parse(args: string[]) {
	try {
		return parseArgs({ args, allowPositionals: true, options: OPTIONS });
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		const lacking = /^Option '(?:-\w, )?--([\w-]+) <value>' argument (?:missing|is ambiguous)/.exec(message)?.[1];
		if (lacking !== undefined) {
			throw new UsageError(`--${lacking} needs a value, such as --${lacking} ${EXAMPLES[lacking] ?? '1'}.`);
		}
		const unknown = /Unknown option '--?([^']+)'/.exec(message)?.[1];
		if (unknown === undefined) throw new UsageError(message.replaceAll(/\s+/g, ' '));
		const nearest = nearestName(unknown, Object.keys(OPTIONS));
		throw new UsageError(`There is no option --${unknown}: did you mean --${nearest}? --help lists them all.`);
	}
}

function baseUrlOf(text: string | undefined): string {
	if (text === undefined) {
		throw new UsageError('Which API? Give its address: --base-url https://api.example.com/v1/');
	}
	const url = URL.parse(text);
	if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
		throw new UsageError(`--base-url must be an http(s) URL such as https://api.example.com/v1/, got "${text}".`);
	}
	if (url.username !== '' || url.password !== '') {
		throw new UsageError('--base-url must hold no user and no password: others can read a command line.');
	}
	if (url.search !== '' || url.hash !== '') {
		throw new UsageError(`--base-url must end with its path, without "${url.search}${url.hash}".`);
	}
	return url.href.endsWith('/') ? url.href : `${url.href}/`;
}

interface AccountOptions {
	readonly user?: string | undefined;
	readonly 'password-env': string;
	readonly 'login-path': string;
	readonly baseUrl: string;
}

function accountOf(options: AccountOptions, env: NodeJS.ProcessEnv): Account | undefined {
	const { user, 'password-env': passwordEnv, 'login-path': loginPath, baseUrl } = options;
	if (user === undefined) return undefined;
	const password = env[passwordEnv];
	if (password === undefined || password === '') {
		throw new UsageError(
			`The environment variable ${passwordEnv} is not set: it holds the password of "${user}" (--password-env names another).`,
		);
	}
	const loginUrl = URL.parse(loginPath.replace(/^\/+/, ''), baseUrl);
	if (loginUrl?.origin !== new URL(baseUrl).origin) {
		throw new UsageError(`--login-path must lead to something below ${baseUrl}, got "${loginPath}".`);
	}
	return { user, password, loginUrl: loginUrl.href, passwordEnv };
}

function rateOf(text: string | undefined): Rate | undefined {
	if (text === undefined) return undefined;
	const rate = parseRate(text);
	if (rate !== undefined) return rate;
	throw new UsageError(
		`--rate must be a number of requests in a time, such as 50/s, 600/min or 1000/h, got "${text}".`,
	);
}

function number(name: string, text: string, least: number): number {
	const value = text.trim() === '' ? Number.NaN : Number(text);
	if (Number.isFinite(value) && value >= least) return value;
	throw new UsageError(`--${name} must be a number of at least ${least}, got "${text}".`);
}

function wholeNumber(name: string, text: string, least: number): number {
	const value = number(name, text, least);
	if (Number.isSafeInteger(value)) return value;
	throw new UsageError(`--${name} must be a whole number, got "${text}".`);
}

/** Beside the input and named after it: the results of two inputs must not end up in one file. */
function outputFor(input: string): string {
	if (input !== '-') return `${input.replace(/\.(jsonl|ndjson|json)$/, '')}.results.jsonl`;
	throw new UsageError(
		'Where do the results go? Requests from standard input want an --output, such as results.jsonl.',
	);
}
