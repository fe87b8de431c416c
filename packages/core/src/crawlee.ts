// All that we take from Crawlee passes through this file: its packages are imported nowhere else.
//
// `@crawlee/basic` and not `crawlee`: the meta-package brings a browser stack and takes 830 ms to import.

import type { EventManager } from '@crawlee/core';

export { BasicCrawler, type BasicCrawlerOptions } from '@crawlee/basic';
export type {
	FinalStatistics,
	LoadedRequest,
	ProxyInfo,
	RequestOptions,
	RestrictedCrawlingContext,
	RouterRoutes,
} from '@crawlee/core';
export {
	Configuration,
	CriticalError,
	Dataset,
	EnqueueStrategy,
	EventManager,
	KeyValueStore,
	type Log,
	LogLevel,
	log,
	MissingRouteError,
	NonRetryableError,
	ProxyConfiguration,
	Request,
	RequestState,
	RetryRequestError,
	Router,
	type RouterHandler,
	Session,
	SessionError,
	type SessionPool,
} from '@crawlee/core';
export type * as CrawleeStorage from '@crawlee/types';
export type { Dictionary } from '@crawlee/types';

/** Crawlee's `EventType.SYSTEM_INFO`, whose enum does not exist at run time for those who compile file by file. */
export const SYSTEM_INFO: Parameters<EventManager['emit']>[0] = 'systemInfo' as Parameters<EventManager['emit']>[0];
