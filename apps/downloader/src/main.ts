// npm run download -- <url…> [options]: downloads files, several at once, and goes on where it was stopped.
import { readArguments, USAGE } from './arguments.ts';
import { downloadFiles } from './download-files.ts';
import { UsageError } from './usage-error.ts';

// The files matter more than whoever reads what is said of them.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});

try {
	const settings = readArguments(process.argv.slice(2));
	if (settings === undefined) console.log(USAGE);
	else process.exitCode = await downloadFiles(settings);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = error instanceof UsageError ? 2 : 1;
}
