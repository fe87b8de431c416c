import { createHash } from 'node:crypto';
import { tryNormalizeUrl } from '@orbweaver/parser';
import { Request, type RequestOptions } from '../crawlee.ts';
import { InvalidOptionError } from '../errors.ts';
import { shown } from '../shown.ts';
import type { NewRequest, RequestData, RequestMethod } from '../store/crawl-store.ts';
import { checkSource, isObject, jsonCopy } from './check-source.ts';
import { domainOf } from './domain-of.ts';
import type { UrlKeys } from './url-keys.ts';

/** A request as users give it: Crawlee's options, and a priority. */
export interface RequestSource extends Partial<RequestOptions> {
	/** Requests of a higher priority go first; those of the same go by age. A whole number, default 0. */
	priority?: number;
	/** Kept for retries; Crawlee counts here how often the session was changed. */
	sessionRotationCount?: number;
	/** Kept for retries: what went wrong before. */
	errorMessages?: string[];
}

/** What the place that adds a request knows of it. */
export interface AddedFrom {
	/** Ahead of all that waits with a priority of 0. */
	readonly forefront?: boolean | undefined;
	readonly parentId?: number | undefined;
}

/**
 * Turns what a user gave into what the store keeps.
 *
 * @throws InvalidOptionError when it has no URL that can be crawled, or something that cannot be stored.
 */
export function toNewRequest(
	source: string | RequestSource | Request,
	keys: UrlKeys,
	from: AddedFrom = {},
): NewRequest {
	if (typeof source === 'string') return plainRequest(source, keys, from);
	const options: RequestSource = isObject(source) ? (source as RequestSource) : { url: source };
	const normalized = requireUrl(options.url);
	checkSource(options);
	const method = (options.method ?? 'GET').toUpperCase() as RequestMethod;
	const inUserData: unknown = options.userData?.label;
	const label = options.label ?? (typeof inUserData === 'string' ? inUserData : undefined);
	const keyUrl = options.keepUrlFragment === true ? new URL(options.url as string).href : keys.of(normalized);
	return {
		uniqueKey: options.uniqueKey ?? uniqueKeyOf(keyUrl, method, options.payload, options),
		url: source instanceof Request ? source.url : (options.url as string).trim(),
		domain: domainOf(normalized),
		method,
		label,
		priority: options.priority ?? (from.forefront === true ? 1 : 0),
		crawlDepth: options.crawlDepth ?? 0,
		data: requestData(options, label),
		parentId: from.parentId,
	};
}

/** A link that is followed: the URL is normalised already, and there is nothing but the URL. */
export function linkRequest(
	url: string,
	uniqueKey: string,
	link: Pick<NewRequest, 'crawlDepth' | 'label' | 'parentId'>,
): NewRequest {
	return {
		uniqueKey,
		url,
		domain: domainOf(url),
		method: 'GET',
		label: link.label,
		priority: 0,
		crawlDepth: link.crawlDepth,
		data: undefined,
		parentId: link.parentId,
	};
}

/**
 * The key under which a request is known. For a GET it is that of the URL; for other methods, or when
 * `useExtendedUniqueKey` is set, method and payload are part of it.
 */
export function uniqueKeyOf(
	keyUrl: string,
	method: string,
	payload: string | undefined,
	options: { useExtendedUniqueKey?: boolean } = {},
): string {
	if (method === 'GET' && options.useExtendedUniqueKey !== true) return keyUrl;
	const digest = payload ? createHash('sha256').update(payload).digest('base64url').slice(0, 16) : '';
	return `${method}(${digest}):${keyUrl}`;
}

function plainRequest(url: string, keys: UrlKeys, from: AddedFrom): NewRequest {
	const normalized = requireUrl(url);
	const link = linkRequest(normalized, keys.of(normalized), {
		crawlDepth: 0,
		label: undefined,
		parentId: from.parentId,
	});
	return { ...link, url: url.trim(), priority: from.forefront === true ? 1 : 0 };
}

/**
 * The normalised form of what shall be a URL.
 *
 * @throws InvalidOptionError when it is none that can be crawled.
 */
export function requireUrl(url: unknown): string {
	const normalized = typeof url === 'string' ? tryNormalizeUrl(url) : undefined;
	if (normalized !== undefined && /^https?:/.test(normalized)) return normalized;
	const got = typeof url === 'string' ? JSON.stringify(url) : shown(url);
	throw new InvalidOptionError(
		`${got} is not a URL that can be crawled; give an absolute one, such as "https://example.com/".`,
	);
}

/** Undefined when there is nothing beyond the defaults, so that a plain link costs no JSON. */
function requestData(options: RequestSource, label: string | undefined): RequestData | undefined {
	const userData = { ...options.userData };
	if (userData.label === label) delete userData.label;
	const data: RequestData = {
		...(options.payload !== undefined && { payload: options.payload }),
		...(isFilled(options.headers) && { headers: jsonCopy('headers', options.headers, options.url) }),
		...(isFilled(userData) && { userData: jsonCopy('userData', userData, options.url) }),
		...(options.noRetry === true && { noRetry: true }),
		...(options.maxRetries !== undefined && { maxRetries: options.maxRetries }),
		...(options.skipNavigation === true && { skipNavigation: true }),
		...(options.enqueueStrategy !== undefined && { enqueueStrategy: options.enqueueStrategy }),
		...(options.sessionRotationCount !== undefined &&
			options.sessionRotationCount > 0 && { sessionRotationCount: options.sessionRotationCount }),
		...(options.errorMessages !== undefined &&
			options.errorMessages.length > 0 && { errorMessages: options.errorMessages.slice(-5) }),
	};
	return isFilled(data) ? data : undefined;
}

function isFilled<T extends object>(value: T | undefined): value is T {
	return value !== undefined && Object.keys(value).length > 0;
}
