import { OrbweaverError } from '../errors.ts';

/** The server answered with an error status. */
export class HttpStatusError extends OrbweaverError {
	readonly statusCode: number;
	/** What the `Retry-After` header asked for, in milliseconds. */
	readonly retryAfterMs: number | undefined;

	constructor(statusCode: number, url: string, options: { reason?: string; retryAfterMs?: number | undefined } = {}) {
		super('ORB_HTTP_STATUS', `${url} answered ${statusCode}${options.reason ? ` ${options.reason}` : ''}.`);
		this.statusCode = statusCode;
		this.retryAfterMs = options.retryAfterMs;
	}
}

/** True for what a later try can mend: 408, 425, 429 and every 5xx but 501 and 505, which say "never". */
export function isTransientStatus(status: number): boolean {
	if (status === 408 || status === 425 || status === 429) return true;
	return status >= 500 && status <= 599 && status !== 501 && status !== 505;
}
