import { size } from '../output/amounts.ts';
import { type Check, ok, problem, warning } from './check.ts';

const LEAST_NODE = [22, 19] as const;

/** What is in the storage comes to about a kilobyte for each address and row. */
const LITTLE_BYTES = 1024 ** 3;
const TOO_LITTLE_BYTES = 50 * 1024 ** 2;

/** Each connection and each file takes one. */
const FEW_FILES = 1_024;

const CLOCK_OFF_MS = 60_000;

/** @param version such as `24.9.0`. */
export function judgeNode(version: string): Check {
	const [major = 0, minor = 0] = version.split('.').map(Number);
	const [least, leastMinor] = LEAST_NODE;
	if (major > least || (major === least && minor >= leastMinor)) return ok('Node', version);
	return problem('Node', version, `install ${least}.${leastMinor} or newer, such as the LTS from https://nodejs.org/`);
}

/** @param free bytes that a user may still write. */
export function judgeDisk(free: number, folder: string): Check {
	const found = `${size(free)} free for ${folder}`;
	if (free < TOO_LITTLE_BYTES) return problem('disk', found, 'make room, or keep the crawl elsewhere with --storage.');
	if (free < LITTLE_BYTES) return warning('disk', found, 'a crawl of a million pages wants a gigabyte or more.');
	return ok('disk', found);
}

/** @param limit how many files a process may have open; undefined where nobody can say. */
export function judgeFiles(limit: number | undefined): Check {
	if (limit === undefined) return ok('open files', 'no limit known');
	if (limit >= FEW_FILES) return ok('open files', limit === Number.POSITIVE_INFINITY ? 'unlimited' : `${limit}`);
	return warning(
		'open files',
		`${limit}`,
		`raise it with "ulimit -n 4096", or keep --concurrency below ${Math.floor(limit / 2)}.`,
	);
}

/** @param now milliseconds since the epoch. @param lastWrite when the newest storage was written, if there is one. */
export function judgeClock(now: number, lastWrite: number | undefined): Check {
	const found = new Date(now).toISOString();
	if (now < Date.UTC(2025, 0, 1))
		return problem('clock', found, 'set it: certificates are refused, and waits are wrong.');
	if (lastWrite !== undefined && lastWrite > now + CLOCK_OFF_MS) {
		return warning(
			'clock',
			`${found}, but a storage was written later than that`,
			'check it: it seems to have been set back.',
		);
	}
	return ok('clock', found);
}

/** The proxies of the environment; passwords are not shown. */
export function judgeProxies(env: NodeJS.ProcessEnv): Check {
	const set = ['http_proxy', 'https_proxy', 'all_proxy'].flatMap((name) => {
		const value = env[name] ?? env[name.toUpperCase()];
		return value === undefined || value === '' ? [] : [{ name, value }];
	});
	if (set.length === 0) return ok('proxy', 'none in the environment');
	const wrong = set.find(({ value }) => !/^(https?|socks[45]?h?):$/.test(URL.parse(value)?.protocol ?? ''));
	if (wrong !== undefined) {
		return problem(
			'proxy',
			`${wrong.name} is no address of a proxy`,
			'make it one such as http://proxy.example.com:3128, or unset it.',
		);
	}
	const shown = set.map(({ name, value }) => `${name}=${new URL(value).host}`).join(', ');
	return warning(
		'proxy',
		shown,
		'fetch, download, robots and links go through it; a crawl does not (proxyConfiguration in a script).',
	);
}
