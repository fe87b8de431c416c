import { hostNameOf, isLoopback } from './access/host-name.ts';
import { filledText, optionError, requireKnownOptions, wholeNumber } from './check-options.ts';

/** How to start a monitor. */
export interface MonitorOptions {
	/** Default 0: a free port, which `url` then tells. */
	readonly port?: number;
	/** The address to listen on. Default `127.0.0.1`. Any that is not loopback needs a `token`. */
	readonly host?: string;
	/**
	 * What watchers and publishers must show: as `Authorization: Bearer …`, or by opening `pageUrl`, which has it. Default:
	 * none, so that every program of this machine may see and command the crawls. At least 16 letters, digits, `-`, `.`, `_`, `~`.
	 */
	readonly token?: string;
	/** Names that the hub is reached by besides addresses, `localhost` and `host`, such as that of a proxy before it. */
	readonly hosts?: readonly string[];
	/** Log files to follow: paths and globs, such as `/var/log/*.log`. */
	readonly tail?: string | readonly string[];
	/** How many of the last lines of a file that is there at the start are shown. Default 10. */
	readonly tailLines?: number;
	/** Log entries that are held for watchers that come, or come back. Default 50,000. */
	readonly bufferEntries?: number;
	/** Memory that they may take, in bytes. Default 32 MiB. */
	readonly bufferBytes?: number;
	/** Peers are pinged this often, in milliseconds; one that is silent for two beats is cut off. Default 30,000. */
	readonly heartbeatMs?: number;
	/** The longest message of a publisher, in bytes; those of watchers may have 64 KiB at most. Default 1 MiB. */
	readonly maxPayloadBytes?: number;
	/** Default 1,000. */
	readonly maxWatchers?: number;
	/** Default 200. */
	readonly maxPublishers?: number;
}

/** {@link MonitorOptions} with every default filled in. */
export interface MonitorSettings {
	readonly port: number;
	readonly host: string;
	readonly token: string | undefined;
	readonly knownNames: readonly string[];
	readonly tail: readonly string[];
	readonly tailLines: number;
	readonly bufferEntries: number;
	readonly bufferBytes: number;
	readonly heartbeatMs: number;
	readonly maxPayloadBytes: number;
	readonly maxWatchers: number;
	readonly maxPublishers: number;
}

const NAMES: readonly (keyof MonitorOptions)[] = [
	'port',
	'host',
	'token',
	'hosts',
	'tail',
	'tailLines',
	'bufferEntries',
	'bufferBytes',
	'heartbeatMs',
	'maxPayloadBytes',
	'maxWatchers',
	'maxPublishers',
];

const MIB = 1024 * 1024;

/** The characters of a bearer token that need no quoting in a URL and in a cookie. */
const TOKEN = /^[\w.~-]{16,500}$/;

/** @throws MonitorError naming the option, its value and what would do. */
export function monitorSettings(options: MonitorOptions): MonitorSettings {
	requireKnownOptions('startMonitor', options, NAMES);
	const host = filledText('host', options.host ?? '127.0.0.1');
	const token = options.token === undefined ? undefined : checkedToken(options.token);
	if (token === undefined && !isLoopback(host)) {
		throw optionError(
			`host is "${host}", which others can reach: give a token, or leave host out to listen on loopback.`,
		);
	}
	const tail = typeof options.tail === 'string' ? [options.tail] : (options.tail ?? []);
	const most = Number.MAX_SAFE_INTEGER;
	return {
		port: wholeNumber('port', options.port ?? 0, 0, 65_535),
		host,
		token,
		knownNames: [host, ...(options.hosts ?? [])].map(knownName),
		tail: tail.map((pattern) => filledText('tail', pattern)),
		tailLines: wholeNumber('tailLines', options.tailLines ?? 10, 0, 100_000),
		bufferEntries: wholeNumber('bufferEntries', options.bufferEntries ?? 50_000, 1, 10_000_000),
		bufferBytes: wholeNumber('bufferBytes', options.bufferBytes ?? 32 * MIB, 64 * 1024, most),
		heartbeatMs: wholeNumber('heartbeatMs', options.heartbeatMs ?? 30_000, 10, 86_400_000),
		maxPayloadBytes: wholeNumber('maxPayloadBytes', options.maxPayloadBytes ?? MIB, 1_024, 0x7fffffff),
		maxWatchers: wholeNumber('maxWatchers', options.maxWatchers ?? 1_000, 1, most),
		maxPublishers: wholeNumber('maxPublishers', options.maxPublishers ?? 200, 1, most),
	};
}

function checkedToken(token: unknown): string {
	if (typeof token === 'string' && TOKEN.test(token)) return token;
	// The value stays out of the message: it may be a secret with a typing error.
	throw optionError('token cannot be used: give 16 to 500 letters, digits, "-", ".", "_" and "~", best at random.');
}

function knownName(host: string): string {
	const name = hostNameOf(host.includes(':') && !host.startsWith('[') ? `[${host}]` : host);
	if (name === undefined)
		throw optionError(`hosts holds "${host}": give names such as monitor.example, without a port.`);
	return name;
}
