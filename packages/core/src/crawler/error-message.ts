import { NonRetryableError } from '../crawlee.ts';

/** The message as a sentence, and for what looks like a mistake in the handler the place in it. */
export function messageOf(error: Error): string {
	const isMistake = [TypeError, SyntaxError, ReferenceError].some((type) => error instanceof type);
	const text = isMistake && !(error instanceof NonRetryableError) ? (error.stack ?? error.message) : error.message;
	return /[.!?]$/.test(text) ? text : `${text}.`;
}
