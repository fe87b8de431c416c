import type { Action } from '../spec/command-spec.ts';
import { storagePath } from '../storage-path.ts';
import { UsageError } from '../usage-error.ts';
import { resumedSettings } from './crawl-settings.ts';
import { runCrawl } from './run-crawl.ts';
import { storedSettings } from './stored-settings.ts';

/** `orbweaver resume` */
export const resume: Action = async ({ options, env }) => {
	const storage = storagePath(options.text('storage'));
	const stored = storedSettings(storage);
	if (stored === undefined) {
		throw new UsageError(`${storage} is the crawl of a script; run the script again, and it goes on.`);
	}
	return await runCrawl({ storage, settings: resumedSettings(stored, options), urls: [], options, env });
};
