import { COMMANDS } from '../commands/all.ts';
import { EXIT_OK } from '../exit-code.ts';
import type { Action } from '../spec/command-spec.ts';
import { nearest } from '../spec/nearest.ts';
import { UsageError } from '../usage-error.ts';
import { bashCompletion, fishCompletion, zshCompletion } from './completion-scripts.ts';

const SHELLS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };

/** `orbweaver completion` */
export const completion: Action = async ({ args }) => {
	const shell = args[0] as string;
	if (!Object.hasOwn(SHELLS, shell)) {
		const guess = await nearest(shell, Object.keys(SHELLS));
		throw new UsageError(
			`There is no completion for "${shell}"${guess === undefined ? '' : `: did you mean ${guess}?`} There are bash, zsh and fish.`,
		);
	}
	process.stdout.write(SHELLS[shell as keyof typeof SHELLS](COMMANDS));
	return EXIT_OK;
};
