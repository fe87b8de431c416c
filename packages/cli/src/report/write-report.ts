import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { UsageError } from '../usage-error.ts';
import { reportFacts } from './report-facts.ts';
import { reportPage } from './report-page.ts';

/**
 * Writes the report of the crawl in a storage file; its folder is made.
 *
 * @throws UsageError when the file cannot be written.
 */
export async function writeReport(storage: string, file: string): Promise<void> {
	const page = reportPage(reportFacts(storage));
	try {
		await mkdir(dirname(file), { recursive: true });
		await writeFile(file, page);
	} catch (cause) {
		const { code } = cause as NodeJS.ErrnoException;
		throw new UsageError(`--report ${file} cannot be written (${code}); name a file in a folder that you may write.`, {
			cause,
		});
	}
}
