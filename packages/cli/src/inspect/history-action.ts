import { CrawlReader, type RequestHistory, UrlKeys } from '@orbweaver/core/storage-file';
import { EXIT_FAILED, EXIT_OK } from '../exit-code.ts';
import { httpUrl } from '../http-url.ts';
import type { Action } from '../spec/command-spec.ts';
import { storagePath } from '../storage-path.ts';
import { historyText } from './history-text.ts';

/** `orbweaver history` */
export const history: Action = async ({ args, options }) => {
	const url = httpUrl(args[0] as string);
	const storage = storagePath(options.text('storage'));
	const found = find(storage, url);
	if (options.flag('json')) {
		process.stdout.write(
			`${JSON.stringify({ exitCode: found === undefined ? EXIT_FAILED : EXIT_OK, storage, history: found ?? null })}\n`,
		);
	} else if (found === undefined) {
		process.stderr.write(
			`${url} was never met by the crawl in ${storage}; look at its spelling, or name another file with --storage.\n`,
		);
	} else {
		process.stdout.write(`${historyText(found)}\n`);
	}
	return found === undefined ? EXIT_FAILED : EXIT_OK;
};

function find(storage: string, url: string): RequestHistory | undefined {
	using reader = CrawlReader.open(storage);
	const [address = url] = url.split('#', 1);
	return reader.history(new UrlKeys().of(address)) ?? reader.history(address);
}
