import { InvalidRequestError } from '../errors.ts';

/** Neither scheme allows them (RFC 7617 §2, RFC 7616 §4). */
const CONTROL_CHARACTER = /\p{Cc}/u;

/** @throws InvalidRequestError unless both are text that a scheme can carry. Neither is shown. */
export function requireCredentials(owner: string, user: unknown, password: unknown): void {
	for (const [name, value] of Object.entries({ user, password })) {
		if (typeof value !== 'string') {
			throw new InvalidRequestError(`${owner} was given a ${name} of type ${typeof value}: give a string.`);
		}
		if (CONTROL_CHARACTER.test(value)) {
			throw new InvalidRequestError(
				`${owner} was given a ${name} with a control character, such as a line end: take it out.`,
			);
		}
	}
}
