export {
	CriticalError,
	Dataset,
	EnqueueStrategy,
	KeyValueStore,
	LogLevel,
	log,
	MissingRouteError,
	NonRetryableError,
	ProxyConfiguration,
	Request,
	RetryRequestError,
	Session,
	SessionError,
} from './crawlee.ts';
export { Crawler } from './crawler/crawler.ts';
export type { CrawlerOptions, ErrorHandler, RequestHandler } from './crawler/crawler-options.ts';
export type { CrawlerContext } from './crawler/crawling-context.ts';
export { createRouter } from './crawler/create-router.ts';
export type {
	EnqueuedLinks,
	EnqueueLinksOptions,
	OnSkippedRequest,
	ProcessedRequest,
	SkippedReason,
} from './crawler/enqueue-links.ts';
export { UnsupportedContentTypeError } from './crawler/fetch-page.ts';
export type { ContentType, PageResponse } from './crawler/page.ts';
export type { Resume } from './crawler/resume.ts';
export type { SendRequestOptions, SentResponse } from './crawler/send-request.ts';
export { TimeoutError } from './crawler/with-timeout.ts';
export { InvalidOptionError, OrbweaverError, StorageError, type StorageErrorCode } from './errors.ts';
export type { ExportFormat } from './export/export-format.ts';
export { type ExportOptions, type ExportResult, exportResults } from './export/export-results.ts';
export type { ExportTime } from './export/export-time.ts';
export type { ItemSchema, ItemSchemas } from './items/item-schema.ts';
export { DEFAULT_DOMAIN_LIMITS, type DomainLimits, type DomainLimitsOptions } from './lanes/domain-limits.ts';
export type {
	CrawlMonitor,
	MonitorAnswer,
	MonitorCommand,
	MonitoredEvent,
	MonitoredHistory,
	MonitoredLine,
} from './numbers/crawl-monitor.ts';
export type {
	CountedBuckets,
	CrawlNumbers,
	CrawlStatus,
	DomainNumbers,
	FailureNumbers,
} from './numbers/crawl-numbers.ts';
export { duration } from './progress/progress-line.ts';
export {
	type ProgressSource,
	type ProgressStream,
	type ShowProgressOptions,
	showProgress,
} from './progress/show-progress.ts';
export type { AddedBatches, QueueOperationInfo, Sources } from './queue/add-batched.ts';
export type { RequestSource } from './queue/new-request.ts';
export { RequestQueue } from './queue/request-queue.ts';
export type { RequestQueueOptions } from './queue/request-queue-options.ts';
export { HttpStatusError } from './retry/http-status-error.ts';
export {
	DEFAULT_RETRY,
	decideRetry,
	type FailedTry,
	type RetryDecision,
	type RetryOptions,
} from './retry/retry.ts';

export { RobotsUnavailableError } from './retry/robots-error.ts';
export { parseRobots, type Robots } from './robots/parse-robots.ts';
export type { Durability } from './sqlite/open-database.ts';
export { SqliteStore, type SqliteStoreOptions } from './sqlite/sqlite-store.ts';
export { type FileStorageClient, openStorageClient } from './storage/open-storage-client.ts';
export type * from './store/crawl-store.ts';
export type * from './store/crawlee-queue-store.ts';
export type * from './store/item-store.ts';
export type * from './store/record-store.ts';
export type * from './store/request-history.ts';
export { DEFAULT_USER_AGENT } from './user-agent.ts';
