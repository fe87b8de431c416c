import type { Action } from '../spec/command-spec.ts';
import { storageFor } from '../storage-path.ts';
import { crawlSettings } from './crawl-settings.ts';
import { runCrawl } from './run-crawl.ts';
import { storeSettings } from './stored-settings.ts';

/** `orbweaver crawl` */
export const crawl: Action = async ({ args, options, env }) => {
	const settings = crawlSettings(args, options);
	const storage = options.text('storage') ?? storageFor(settings.urls[0] as string);
	await storeSettings(storage, settings);
	return await runCrawl({ storage, settings, urls: settings.urls, options, env });
};
