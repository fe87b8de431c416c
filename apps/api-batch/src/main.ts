// npm run api-batch -- <requests.jsonl> --base-url <url> [options]: runs the requests of a file, and can be stopped.
import { apiBatch } from './api-batch.ts';
import { readArguments, USAGE, UsageError } from './arguments.ts';

try {
	const settings = readArguments(process.argv.slice(2), process.env);
	if (settings === undefined) console.log(USAGE);
	else process.exitCode = await apiBatch(settings);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = error instanceof UsageError ? 2 : 1;
}
