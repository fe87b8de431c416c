// What looks at storage files and starts no crawl: it loads ten times as fast as a crawler.
export { InvalidOptionError, OrbweaverError, StorageError } from './errors.ts';
export type { ExportFormat } from './export/export-format.ts';
export { type ExportOptions, type ExportResult, exportResults } from './export/export-results.ts';
export { UrlKeys } from './queue/url-keys.ts';
export { CrawlReader, type SlowPage, type StatusCount, type TimeSlot } from './sqlite/crawl-reader.ts';
export { SqliteStore } from './sqlite/sqlite-store.ts';
export type { FailedRequest, StoreCounts } from './store/crawl-store.ts';
export type { FailedAttempt, RequestHistory } from './store/request-history.ts';
