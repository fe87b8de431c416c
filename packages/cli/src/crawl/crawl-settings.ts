import { parseHeaders } from '../headers.ts';
import { httpUrl } from '../http-url.ts';
import type { OptionValues } from '../spec/option-values.ts';
import { parseSelection } from './select.ts';

/** How far links may lead. */
type Same = 'origin' | 'hostname' | 'domain' | 'all';

/** Which pages belong to a crawl, and how they are asked for. It is kept in the storage, to go on with. */
export interface CrawlSettings {
	readonly urls: readonly string[];
	readonly maxDepth?: number | undefined;
	readonly concurrency?: number | undefined;
	readonly perDomain?: number | undefined;
	readonly delaySecs?: number | undefined;
	readonly include: readonly string[];
	readonly exclude: readonly string[];
	readonly same: Same;
	readonly ignoreRobots: boolean;
	readonly userAgent?: string | undefined;
	/** By their names in lower case. They go to the origins of `urls` only. */
	readonly headers: Readonly<Record<string, string>>;
	/** Texts such as `price=.product .price`. */
	readonly select: readonly string[];
}

/**
 * The settings of a command line.
 *
 * @throws UsageError for an address, a header or a selection that cannot be used.
 */
export function crawlSettings(urls: readonly string[], options: OptionValues): CrawlSettings {
	const select = options.list('select');
	for (const text of select) parseSelection(text);
	return {
		urls: urls.map(httpUrl),
		maxDepth: options.number('max-depth'),
		...paceOf(options),
		include: options.list('include'),
		exclude: options.list('exclude'),
		same: (options.text('same') ?? 'hostname') as Same,
		ignoreRobots: options.flag('ignore-robots'),
		userAgent: options.text('user-agent'),
		headers: parseHeaders(options.list('header')),
		select,
	};
}

/** The settings of a crawl that goes on, with what the command line says anew. */
export function resumedSettings(stored: CrawlSettings, options: OptionValues): CrawlSettings {
	const given = Object.entries(paceOf(options)).filter(([, value]) => value !== undefined);
	return { ...stored, ...Object.fromEntries(given) };
}

function paceOf(options: OptionValues): Pick<CrawlSettings, 'concurrency' | 'perDomain' | 'delaySecs'> {
	return {
		concurrency: options.number('concurrency'),
		perDomain: options.number('per-domain'),
		delaySecs: options.number('delay'),
	};
}
