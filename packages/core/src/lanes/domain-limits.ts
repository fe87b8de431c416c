import { InvalidOptionError } from '../errors.ts';

/** How a domain is treated. The names are Bottleneck's; times are in milliseconds. */
export interface DomainLimits {
	/** How many requests may be in flight at once. Default 8. */
	readonly maxConcurrent?: number;
	/** The least time from the start of one request to the start of the next, in milliseconds. Default 0. */
	readonly minTime?: number;
	/** How many requests may start until the reservoir is refilled. Default: no such limit. */
	readonly reservoir?: number;
	/** What the reservoir is set to at each refill. Default: `reservoir`. */
	readonly reservoirRefreshAmount?: number;
	/** How often the reservoir is refilled, in milliseconds; a multiple of 250, which is Bottleneck's own beat. */
	readonly reservoirRefreshInterval?: number;
}

/** The limits of all domains, and those of some. */
export interface DomainLimitsOptions extends DomainLimits {
	/**
	 * Limits for domains by glob: `'shop.example'`, `'*.example.com'`, `'localhost:8080'`. A `*` stands for any run of
	 * characters; a glob without a port holds for every port. The first that matches is laid over the common limits.
	 */
	readonly overrides?: Readonly<Record<string, DomainLimits>>;
}

/** Limits with every default filled in. */
export interface ResolvedLimits {
	readonly maxConcurrent: number;
	readonly minTime: number;
	readonly reservoir:
		| { readonly size: number; readonly refreshAmount: number; readonly refreshInterval: number }
		| undefined;
}

/** Eight at a time, as fast as they answer: what browsers allow themselves and Scrapy's default. */
export const DEFAULT_DOMAIN_LIMITS: Readonly<Required<Pick<DomainLimits, 'maxConcurrent' | 'minTime'>>> = {
	maxConcurrent: 8,
	minTime: 0,
};

const LIMIT_NAMES = [
	'maxConcurrent',
	'minTime',
	'reservoir',
	'reservoirRefreshAmount',
	'reservoirRefreshInterval',
] as const;

/**
 * Answers the limits of any domain.
 *
 * @throws InvalidOptionError for a limit that cannot be, named by its path and value.
 */
export function domainLimitsResolver(options: DomainLimitsOptions = {}): (domain: string) => ResolvedLimits {
	const { overrides = {}, ...rest } = options;
	const common = checked(rest, 'domainLimits');
	const base = resolve({ ...DEFAULT_DOMAIN_LIMITS, ...common }, 'domainLimits');
	const special = Object.entries(overrides).map(([glob, limits]) => {
		const path = `domainLimits.overrides[${JSON.stringify(glob)}]`;
		if (glob === '' || glob.includes('/')) {
			throw new InvalidOptionError(
				`${path} must be a domain such as "shop.example" or "*.example.com", without scheme and path.`,
			);
		}
		const merged = { ...DEFAULT_DOMAIN_LIMITS, ...common, ...checked(limits, path) };
		return { pattern: domainPattern(glob), limits: resolve(merged, path) };
	});
	return (domain) => special.find(({ pattern }) => pattern.test(domain))?.limits ?? base;
}

function domainPattern(glob: string): RegExp {
	const source = glob
		.split('*')
		.map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
		.join('.*');
	const port = /:\d+$/.test(glob) || glob.endsWith('*') ? '' : '(?::\\d+)?';
	return new RegExp(`^${source}${port}$`, 'i');
}

/** What counts something that has no parts. */
const WHOLE: ReadonlySet<string> = new Set(['maxConcurrent', 'reservoir', 'reservoirRefreshAmount']);

/** The limits that are given, each of a value that can be. */
function checked(limits: DomainLimits, path: string): DomainLimits {
	if (typeof limits !== 'object' || limits === null) {
		throw new InvalidOptionError(
			`${path} must be an object such as { maxConcurrent: 4 }, got ${JSON.stringify(limits)}.`,
		);
	}
	const given = Object.entries(limits).filter(([, value]) => value !== undefined);
	for (const [name, value] of given) {
		if (!(LIMIT_NAMES as readonly string[]).includes(name)) {
			throw new InvalidOptionError(`${path}.${name} is not a limit; the limits are ${LIMIT_NAMES.join(', ')}.`);
		}
		const least = name === 'minTime' || name === 'reservoir' ? 0 : 1;
		if (isLimit(name, value, least)) continue;
		const wanted = WHOLE.has(name) ? 'whole number' : 'number of milliseconds';
		throw new InvalidOptionError(`${path}.${name} must be a ${wanted} of at least ${least}, got ${String(value)}.`);
	}
	return Object.fromEntries(given);
}

function isLimit(name: string, value: unknown, least: number): boolean {
	if (typeof value !== 'number' || !(value >= least)) return false;
	// Without a bound: so many at once, so many until the refill. An endless wait would end nothing.
	if (value === Number.POSITIVE_INFINITY) return WHOLE.has(name);
	return !WHOLE.has(name) || Number.isInteger(value);
}

function resolve(limits: DomainLimits & typeof DEFAULT_DOMAIN_LIMITS, path: string): ResolvedLimits {
	const { maxConcurrent, minTime, reservoir, reservoirRefreshAmount, reservoirRefreshInterval } = limits;
	if (reservoir === undefined) {
		if (reservoirRefreshInterval !== undefined || reservoirRefreshAmount !== undefined) {
			throw new InvalidOptionError(`${path}.reservoir must be given together with its refresh.`);
		}
		return { maxConcurrent, minTime, reservoir: undefined };
	}
	if (reservoirRefreshInterval === undefined || reservoirRefreshInterval % 250 !== 0) {
		throw new InvalidOptionError(
			`${path}.reservoirRefreshInterval must be a multiple of 250 (milliseconds) when there is a reservoir, got ${String(reservoirRefreshInterval)}.`,
		);
	}
	const refreshAmount = reservoirRefreshAmount ?? reservoir;
	if (refreshAmount < 1) {
		throw new InvalidOptionError(
			`${path}.reservoir must be at least 1, or nothing would ever be fetched, got ${reservoir}.`,
		);
	}
	return {
		maxConcurrent,
		minTime,
		reservoir: { size: reservoir, refreshAmount, refreshInterval: reservoirRefreshInterval },
	};
}
