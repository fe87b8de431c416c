import { sourcesOf } from './answers/source.ts';
import { SourceList } from './answers/source-list.ts';
import { downloadTarget } from './disk/download-target.ts';
import { fileFailure } from './disk/file-failure.ts';
import type { DownloadFetch } from './download-fetch.ts';
import { type DownloadOptions, downloadSettings } from './download-options.ts';
import type { DownloadResult } from './download-result.ts';
import { DownloadRun } from './download-run.ts';
import { ProgressReport } from './progress-report.ts';
import { Stop } from './stop.ts';

/**
 * Brings the file at `url` to the disk. Under its name there is never anything but the whole file: it grows as
 * `<name>.part`, beside `<name>.part.json`, which says what of it is there, and gets its name in one step when it is
 * whole, checked and on the disk. When a run ends early, by an error, the signal, a kill or a power cut, the next one for
 * the same URL and file goes on from there.
 *
 * Bytes of two versions are never mixed: a part is asked for with `If-Range` and a strong validator, and is taken only
 * if the answer is exactly that part of exactly that version (RFC 9110 §13.1.5, §15.3.7). Without a strong validator, a
 * known length or ranges that work, a download that breaks off begins again from the first byte.
 *
 * @param url absolute.
 * @param file the path of the file; a folder, which exists or ends in a separator, for the name that the server gives
 *   (`Content-Disposition`, RFC 6266, or the last part of the URL, made safe); without it the same in the current folder.
 *   Folders that are missing are made.
 * @throws InvalidRequestError for options that cannot be used, DownloadError with a `reason`, AbortedError, or the
 *   HttpError of the last try.
 */
export async function download(
	fetch: DownloadFetch,
	url: string | URL,
	file?: string,
	options: DownloadOptions = {},
): Promise<DownloadResult> {
	const startedAt = performance.now();
	const settings = downloadSettings(options);
	const target = await downloadTarget(file);
	const all = sourcesOf(fetch, url, settings.mirrors, settings);
	const [{ label }] = all;
	using stop = new Stop(label, settings.signal, settings.totalMs);
	stop.signal.throwIfAborted();
	const run = new DownloadRun(settings, new SourceList(all, settings.retry, stop.signal), stop);
	using report = new ProgressReport(
		settings.onProgress,
		() => run.progress,
		(error) => stop.now(error),
	);
	try {
		const result = await run.run(target);
		report.last();
		return { ...result, durationMs: performance.now() - startedAt };
	} catch (error) {
		throw fileFailure(error, run.path ?? target.folder, label, run.keptBytes);
	}
}
