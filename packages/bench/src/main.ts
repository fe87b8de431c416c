import { parseCommand, UsageError } from './arguments.ts';
import { subjects } from './subjects/registry.ts';
import { usage } from './usage.ts';

process.exitCode = await main(process.argv.slice(2));

/** 0: measured; 1: a contestant did not do all of its work; 2: the command line makes no sense. */
async function main(argv: readonly string[]): Promise<number> {
	try {
		const command = parseCommand(argv, Object.keys(subjects));
		if (command.help) {
			console.log(usage(subjects));
			return 0;
		}
		return (await subjects[command.subject]?.run(command.options)) === true ? 0 : 1;
	} catch (error) {
		if (!(error instanceof UsageError)) throw error;
		console.error(`${error.message}\n\n${usage(subjects)}`);
		return 2;
	}
}
