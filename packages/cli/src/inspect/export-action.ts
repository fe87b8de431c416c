import { constants } from 'node:os';
import { type ExportFormat, exportResults } from '@orbweaver/core/storage-file';
import { EXIT_OK } from '../exit-code.ts';
import { amount, size } from '../output/amounts.ts';
import type { Action } from '../spec/command-spec.ts';
import { storagePath } from '../storage-path.ts';
import { UsageError } from '../usage-error.ts';

/** `orbweaver export` */
export const exportRows: Action = async ({ args, options }) => {
	const file = args[0] as string;
	const isJson = options.flag('json');
	if (isJson && file === '-')
		throw new UsageError('--json and the rows cannot both be on standard output; name a file.');
	const storage = storagePath(options.text('storage'));
	const stop = new AbortController();
	for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort(128 + constants.signals[name]));
	try {
		const { rows, bytes, format, isWhole } = await exportResults(storage, file, {
			format: options.text('format') as ExportFormat | undefined,
			dataset: options.text('dataset'),
			label: options.text('label'),
			since: options.text('since'),
			until: options.text('until'),
			which: options.flag('rejected') ? 'rejected' : 'items',
			signal: stop.signal,
		});
		if (isJson) process.stdout.write(`${JSON.stringify({ exitCode: EXIT_OK, storage, file, rows, bytes, format })}\n`);
		// Whoever has read enough need not be told how much there would have been.
		else if (isWhole && !options.flag('quiet')) {
			process.stderr.write(
				`${amount(rows, 'row')} of ${storage} → ${file === '-' ? 'standard output' : file} (${format}, ${size(bytes)})\n`,
			);
		}
		return EXIT_OK;
	} catch (error) {
		if (!stop.signal.aborted || error !== stop.signal.reason) throw error;
		process.stderr.write('Stopped; no file was written.\n');
		return stop.signal.reason as number;
	}
};
