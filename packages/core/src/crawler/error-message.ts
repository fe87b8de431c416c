import { NonRetryableError } from '../crawlee.ts';
import { InvalidOptionError } from '../errors.ts';

/** The message as a sentence, and for what looks like a mistake in the handler the place in it. */
export function messageOf(error: Error): string {
	const isMistake = [TypeError, SyntaxError, ReferenceError, InvalidOptionError].some((type) => error instanceof type);
	const text = isMistake && !(error instanceof NonRetryableError) ? (error.stack ?? error.message) : error.message;
	return sentence(text);
}

/** A text with a full stop at its end, unless it ends otherwise. */
export function sentence(text: string): string {
	return /[.!?]$/.test(text) ? text : `${text}.`;
}
