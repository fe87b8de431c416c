import { CrawlReader, SqliteStore } from '@orbweaver/core/storage-file';
import { EXIT_OK } from '../exit-code.ts';
import { amount } from '../output/amounts.ts';
import type { Action } from '../spec/command-spec.ts';
import { storagePath } from '../storage-path.ts';
import { resumedSettings } from './crawl-settings.ts';
import { runCrawl } from './run-crawl.ts';
import { storedSettings } from './stored-settings.ts';

/** `orbweaver retry-failed` */
export const retryFailed: Action = async ({ options, env }) => {
	const storage = storagePath(options.text('storage'));
	const settings = storedSettings(storage);
	const again = await waitAgain(storage);
	const isTold = !options.flag('quiet');
	if (isTold)
		process.stderr.write(`${amount(again, 'page that failed waits', 'pages that failed wait')} again in ${storage}.\n`);
	if (settings !== undefined && again > 0) {
		return await runCrawl({ storage, settings: resumedSettings(settings, options), urls: [], options, env });
	}
	if (settings === undefined && again > 0 && isTold)
		process.stderr.write('It is the crawl of a script; run the script again.\n');
	if (options.flag('json')) process.stdout.write(`${JSON.stringify({ exitCode: EXIT_OK, storage, retried: again })}\n`);
	return EXIT_OK;
};

async function waitAgain(storage: string): Promise<number> {
	// A storage that is not there is refused, and not made.
	{
		using reader = CrawlReader.open(storage);
		if (reader.counts().failed === 0) return 0;
	}
	await using store = SqliteStore.open(storage);
	return await store.retryFailed();
}
