import { filledText, optionError, requireKnownOptions, wholeNumber } from '../check-options.ts';
import type { CommandName } from '../protocol/command.ts';
import { COMMANDS } from '../protocol/command.ts';
import { PUBLISH_PATH } from '../protocol/version.ts';
import type { CommandHandler } from '../sources/source-table.ts';

/** Where to publish, and as whom. */
export interface PublisherOptions {
	/** The monitor: its `url`, or its `pageUrl` with the token. */
	readonly url: string;
	readonly token?: string;
	/** The name that watchers see, at most 200 characters. */
	readonly source: string;
	/** What it is. Default `crawl`. */
	readonly kind?: string;
	/** What it can be asked to do; default: everything with `onCommand`, nothing without. */
	readonly commands?: readonly CommandName[];
	/** Carries a command out. What it throws is the answer. */
	readonly onCommand?: CommandHandler;
	/** Lines that are kept until the monitor has them; beyond them the oldest are dropped. Default 10,000. */
	readonly queueEntries?: number;
	/** Memory that they may take, in bytes. Default 8 MiB. */
	readonly queueBytes?: number;
	/**
	 * Called with one sentence when the monitor cannot be reached or refuses, once until it is reached again. Default: a
	 * warning of the process.
	 */
	readonly onProblem?: (problem: string) => void;
}

/** {@link PublisherOptions} with every default filled in. */
export interface PublisherSettings {
	/** `ws://host:port/publish`. */
	readonly address: string;
	readonly token: string | undefined;
	readonly source: string;
	readonly kind: string;
	readonly commands: readonly CommandName[];
	readonly onCommand: CommandHandler | undefined;
	readonly queueEntries: number;
	readonly queueBytes: number;
	readonly onProblem: (problem: string) => void;
}

const NAMES: readonly (keyof PublisherOptions)[] = [
	'url',
	'token',
	'source',
	'kind',
	'commands',
	'onCommand',
	'queueEntries',
	'queueBytes',
	'onProblem',
];

const MIB = 1024 * 1024;

/** @throws MonitorError naming the option, its value and what would do. */
export function publisherSettings(options: PublisherOptions): PublisherSettings {
	requireKnownOptions('connectPublisher', options, NAMES);
	const { onCommand } = options;
	const url = monitorUrl(options.url);
	const token = options.token ?? url.searchParams.get('token') ?? undefined;
	return {
		address: addressOf(url),
		token,
		source: name('source', options.source),
		kind: name('kind', options.kind ?? 'crawl'),
		commands: onCommand === undefined ? [] : (options.commands ?? COMMANDS),
		onCommand,
		queueEntries: wholeNumber('queueEntries', options.queueEntries ?? 10_000, 1, 10_000_000),
		queueBytes: wholeNumber('queueBytes', options.queueBytes ?? 8 * MIB, 1_024, Number.MAX_SAFE_INTEGER),
		onProblem: options.onProblem ?? ((problem) => process.emitWarning(problem, { code: 'ORB_MONITOR_UNREACHABLE' })),
	};
}

function monitorUrl(text: string): URL {
	const url = URL.parse(text);
	if (url !== null && /^(?:http|ws)s?:$/.test(url.protocol)) return url;
	throw optionError(`url is "${text}": give the URL of a monitor, such as http://127.0.0.1:7373.`);
}

function addressOf(url: URL): string {
	const scheme = url.protocol === 'https:' || url.protocol === 'wss:' ? 'wss' : 'ws';
	return `${scheme}://${url.host}${url.pathname.replace(/\/$/, '')}${PUBLISH_PATH}`;
}

function name(label: string, value: unknown): string {
	const text = filledText(label, value);
	if (text.length <= 200) return text;
	throw optionError(`${label} has ${text.length} characters: give at most 200.`);
}
