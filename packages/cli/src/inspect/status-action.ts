import { CrawlReader } from '@orbweaver/core/storage-file';
import { EXIT_OK } from '../exit-code.ts';
import type { Action } from '../spec/command-spec.ts';
import { storagePath } from '../storage-path.ts';
import { statusText } from './status-text.ts';

const MOST_DOMAINS = 10;
const MOST_FAILURES = 5;

/** `orbweaver status` */
export const status: Action = async ({ options }) => {
	const storage = storagePath(options.text('storage'));
	const facts = read(storage);
	const report = options.text('report');
	if (report !== undefined) await (await import('../report/write-report.ts')).writeReport(storage, report);
	if (options.flag('json')) process.stdout.write(`${JSON.stringify({ exitCode: EXIT_OK, ...facts })}\n`);
	else process.stdout.write(`${statusText(facts)}\n${report === undefined ? '' : `\nReport: ${report}\n`}`);
	return EXIT_OK;
};

function read(storage: string) {
	using reader = CrawlReader.open(storage);
	return {
		storage,
		counts: reader.counts(),
		datasets: reader.datasets(),
		domains: reader.domains(MOST_DOMAINS),
		failures: reader.failed(MOST_FAILURES),
	};
}
