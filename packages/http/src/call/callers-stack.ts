import { HttpError } from '../errors.ts';

/**
 * Gives an error of a request the stack of whoever made it, as far as V8 knows who awaits whom. It arises in a callback of
 * a socket or a timer, whose stack names nobody's program.
 */
export function withCallersStack(error: unknown): unknown {
	if (!(error instanceof HttpError)) return error;
	const here: { stack?: string } = {};
	Error.captureStackTrace(here, withCallersStack);
	const frames = (here.stack ?? '').split('\n').slice(1);
	// What arose below the call has a better stack already.
	if (!frames.some((frame) => frame.includes(' async '))) return error;
	error.stack = [`${error.name}: ${error.message}`, ...frames].join('\n');
	return error;
}
