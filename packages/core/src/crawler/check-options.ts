import { nearestName } from '@orbweaver/http';
import { InvalidOptionError } from '../errors.ts';
import { isSchema } from '../items/item-schema.ts';
import { CrawlQueue } from '../queue/crawl-queue.ts';
import { requireKnown } from '../require-known.ts';
import { DEFAULT_RETRY } from '../retry/retry.ts';
import { shown } from '../shown.ts';

type Options = Readonly<Record<string, unknown>>;

/** The least value of each option that is a number. */
const NUMBERS: Readonly<Record<string, number>> = {
	requestHandlerTimeoutSecs: 0.001,
	navigationTimeoutSecs: 0.001,
	sameDomainDelaySecs: 0,
	maxCrawlDelaySecs: 0,
	stopGraceSecs: 0,
	statusMessageLoggingInterval: 0.001,
};

/** The same for those that count something that has no parts. */
const WHOLE_NUMBERS: Readonly<Record<string, number>> = {
	maxConcurrency: 1,
	minConcurrency: 1,
	maxRequestsPerMinute: 1,
	maxBodyBytes: 1,
	linkThreads: 0,
	maxRequestRetries: 0,
	maxRequestsPerCrawl: 1,
	maxCrawlDepth: 0,
	maxRedirects: 0,
	maxSessionRotations: 0,
	maxActiveDomains: 1,
};

/** Those of them for which `Infinity` says that there shall be no limit. */
const UNBOUNDED: ReadonlySet<string> = new Set(['maxRequestRetries', 'maxRequestsPerCrawl', 'maxCrawlDepth']);

type Kind =
	| 'a string'
	| 'a function'
	| 'true or false'
	| 'an object'
	| 'a list of strings'
	| 'a list of numbers'
	| 'a RequestQueue'
	| 'a monitor, which startMonitor() of @orbweaver/monitor gives'
	| 'a ProxyConfiguration'
	| 'true, false or an object'
	| "true, false or 'ask'"
	| "'normal' or 'full'"
	| 'a schema, or an object with a schema for each label';

const KINDS: Readonly<Record<string, Kind>> = {
	name: 'a string',
	storage: 'a string',
	output: 'a string',
	durability: "'normal' or 'full'",
	resume: "true, false or 'ask'",
	itemSchema: 'a schema, or an object with a schema for each label',
	userAgent: 'a string',
	requestHandler: 'a function',
	router: 'a function',
	errorHandler: 'a function',
	failedRequestHandler: 'a function',
	statusMessageCallback: 'a function',
	onSkippedRequest: 'a function',
	keepAlive: 'true or false',
	useSessionPool: 'true or false',
	persistCookiesPerSession: 'true or false',
	respectRobotsTxtFile: 'true, false or an object',
	requestQueue: 'a RequestQueue',
	monitor: 'a monitor, which startMonitor() of @orbweaver/monitor gives',
	domainLimits: 'an object',
	urlRules: 'an object',
	retry: 'an object',
	proxyConfiguration: 'a ProxyConfiguration',
	sessionPoolOptions: 'an object',
	autoscaledPoolOptions: 'an object',
	statisticsOptions: 'an object',
	log: 'an object',
	additionalMimeTypes: 'a list of strings',
	ignoreHttpErrorStatusCodes: 'a list of numbers',
	additionalHttpErrorStatusCodes: 'a list of numbers',
};

/** Options of Crawlee's crawlers that are not ours, and what to use instead. */
const INSTEAD: Readonly<Record<string, string>> = {
	requestList: 'add the URLs with crawler.addRequests(), which takes any iterable',
	requestManager: 'pass a RequestQueue of @orbweaver/core as requestQueue',
	httpClient: 'set userAgent, proxyConfiguration, maxBodyBytes and navigationTimeoutSecs',
	handleRequestFunction: 'call it requestHandler',
	handlePageFunction: 'call it requestHandler',
	handleFailedRequestFunction: 'call it failedRequestHandler',
	handleRequestTimeoutSecs: 'call it requestHandlerTimeoutSecs',
	retryOnBlocked: 'throw a SessionError in the handler when a page is a block',
	ignoreSslErrors: 'pages of servers that cannot be trusted are not fetched',
	preNavigationHooks: 'give headers to the requests, or change them with transformRequestFunction',
	postNavigationHooks: 'look at the page at the beginning of the requestHandler',
	additionalHttpErrorCodes: 'call it additionalHttpErrorStatusCodes',
	suggestResponseEncoding: 'the encoding is found as browsers find it',
	forceResponseEncoding: 'the encoding is found as browsers find it',
	experiments: 'there are none',
	id: 'give the crawl a name',
};

/** What a queue of one's own was told when it was made, so that here it would do nothing. */
const OF_THE_QUEUE = [
	'storage',
	'durability',
	'domainLimits',
	'sameDomainDelaySecs',
	'urlRules',
	'respectRobotsTxtFile',
	'maxCrawlDelaySecs',
	'maxActiveDomains',
];

/**
 * Refuses what is misspelt or cannot be, before anything is opened.
 *
 * @throws InvalidOptionError that names the option, its value and the way out.
 */
export function checkOptions(options: Options): void {
	if (typeof options !== 'object' || options === null) {
		throw new InvalidOptionError(`A Crawler takes an object of options, got ${shown(options)}.`);
	}
	for (const [name, value] of Object.entries(options)) {
		const isNumber = Object.hasOwn(NUMBERS, name) || Object.hasOwn(WHOLE_NUMBERS, name);
		if (!isNumber && !Object.hasOwn(KINDS, name)) throw unknownOption(name);
		if (value === undefined) continue;
		if (isNumber) checkNumber(name, value);
		else checkKind(name, value);
	}
	checkTogether(options);
}

function checkNumber(name: string, value: unknown): void {
	const whole = WHOLE_NUMBERS[name];
	const least = whole ?? (NUMBERS[name] as number);
	const isWhole = (value === Number.POSITIVE_INFINITY && UNBOUNDED.has(name)) || Number.isSafeInteger(value);
	const isValid = typeof value === 'number' && value >= least && (whole === undefined || isWhole);
	if (isValid) return;
	const wanted = whole === undefined ? 'a number' : 'a whole number';
	throw new InvalidOptionError(`${name} must be ${wanted} of at least ${least}, got ${shown(value)}.`);
}

function checkKind(name: string, value: unknown): void {
	const kind = KINDS[name] as Kind;
	if (!isKind(kind, value)) throw new InvalidOptionError(`${name} must be ${kind}, got ${shown(value)}.`);
	if (value === '') throw new InvalidOptionError(`${name} must not be empty; leave it out for the default.`);
}

function isKind(kind: Kind, value: unknown): boolean {
	const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
	switch (kind) {
		case 'a string':
			return typeof value === 'string';
		case 'a function':
			return typeof value === 'function';
		case 'true or false':
			return typeof value === 'boolean';
		case 'an object':
			return isObject;
		case 'a list of strings':
			return Array.isArray(value) && value.every((item) => typeof item === 'string');
		case 'a list of numbers':
			return Array.isArray(value) && value.every((item) => typeof item === 'number');
		case 'a RequestQueue':
			return value instanceof CrawlQueue;
		case 'a monitor, which startMonitor() of @orbweaver/monitor gives':
			return (
				isObject && ['publish', 'numbers', 'onCommand'].every((name) => typeof (value as Options)[name] === 'function')
			);
		case 'a ProxyConfiguration':
			// Not `instanceof`: it may come from a second copy of Crawlee.
			return isObject && typeof (value as { newProxyInfo?: unknown }).newProxyInfo === 'function';
		case 'true, false or an object':
			return isObject || typeof value === 'boolean';
		case "true, false or 'ask'":
			return typeof value === 'boolean' || value === 'ask';
		case "'normal' or 'full'":
			return value === 'normal' || value === 'full';
		case 'a schema, or an object with a schema for each label':
			return isSchema(value) || (isObject && Object.values(value).every(isSchema));
	}
}

function checkTogether(options: Options): void {
	if (options.requestHandler !== undefined && options.router !== undefined) {
		throw new InvalidOptionError('requestHandler and router are the same; give one of them.');
	}
	const { respectRobotsTxtFile: robots } = options;
	if (typeof robots === 'object') requireKnown('respectRobotsTxtFile', robots as object, ['userAgent']);
	for (const [name, value] of Object.entries((options.retry ?? {}) as Options)) checkRetry(name, value);
	const { minConcurrency, maxConcurrency } = options as { minConcurrency?: number; maxConcurrency?: number };
	if (minConcurrency !== undefined && maxConcurrency !== undefined && minConcurrency > maxConcurrency) {
		throw new InvalidOptionError(
			`minConcurrency must not be above maxConcurrency, got ${minConcurrency} and ${maxConcurrency}.`,
		);
	}
	if (typeof options.name === 'string' && !/^[\w.-]+$/.test(options.name)) {
		throw new InvalidOptionError(
			`name must be letters, digits, ".", "-" and "_", got ${shown(options.name)}; for a path, use storage.`,
		);
	}
	// A control character would break the header of every single request.
	if (typeof options.userAgent === 'string' && !/^[\t\x20-\x7e\x80-\xff]+$/.test(options.userAgent)) {
		throw new InvalidOptionError(`userAgent must be the text of a header line, got ${shown(options.userAgent)}.`);
	}
	if (options.requestQueue === undefined) return;
	if (options.resume !== undefined) {
		throw new InvalidOptionError(
			'resume has no effect on a requestQueue of your own; to start over, call its drop() before the crawl.',
		);
	}
	const lost = OF_THE_QUEUE.find((name) => options[name] !== undefined);
	if (lost !== undefined) {
		throw new InvalidOptionError(`${lost} has no effect on a requestQueue of your own; give it to the RequestQueue.`);
	}
}

function checkRetry(name: string, value: unknown): void {
	if (!Object.hasOwn(DEFAULT_RETRY, name)) {
		throw new InvalidOptionError(`retry has no option ${name}; it has ${Object.keys(DEFAULT_RETRY).join(', ')}.`);
	}
	if (typeof value !== 'number' || !(value >= 0) || (value === Number.POSITIVE_INFINITY && name === 'baseDelaySecs')) {
		throw new InvalidOptionError(`retry.${name} must be a number of seconds of at least 0, got ${shown(value)}.`);
	}
}

function unknownOption(name: string): InvalidOptionError {
	const instead = Object.hasOwn(INSTEAD, name) ? INSTEAD[name] : undefined;
	if (instead !== undefined) return new InvalidOptionError(`The crawler has no option ${name}; ${instead}.`);
	const nearest = nearestName(name, [NUMBERS, WHOLE_NUMBERS, KINDS].flatMap(Object.keys));
	return new InvalidOptionError(
		`The crawler has no option ${name}; did you mean ${nearest}? CrawlerOptions lists them all.`,
	);
}
