import { nearestName } from '@orbweaver/http';
import { InvalidOptionError } from './errors.ts';

/**
 * Refuses a misspelt name instead of ignoring it.
 *
 * @param owner what the options belong to, as a message names it: `RequestQueue`, `respectRobotsTxtFile`.
 * @throws InvalidOptionError with the nearest name that there is.
 */
export function requireKnown(owner: string, options: object, names: readonly string[]): void {
	const unknown = Object.keys(options).find((name) => !names.includes(name));
	if (unknown === undefined) return;
	throw new InvalidOptionError(
		`${owner} has no option ${unknown}; did you mean ${nearestName(unknown, names)}? It has ${names.join(', ')}.`,
	);
}
