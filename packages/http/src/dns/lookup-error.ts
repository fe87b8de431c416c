/** A name that could not be resolved, with one of the codes that `getaddrinfo` has, whoever was asked. */
export class LookupError extends Error {
	/** `ENOTFOUND`: there is no such name. `EAI_AGAIN`: it could not be found out now. `EAI_FAIL`: anything else. */
	readonly code: string;
	readonly hostname: string;

	constructor(hostname: string, code: string, cause?: unknown) {
		super(`the name ${hostname} could not be resolved: ${code}`, cause === undefined ? undefined : { cause });
		this.name = 'LookupError';
		this.code = code;
		this.hostname = hostname;
	}
}

/** Name servers have codes of their own (`ESERVFAIL`), some of which would read as if the host had been reached. */
export function asLookupError(hostname: string, error: unknown): Error & { readonly code: string } {
	const code = error instanceof Error && 'code' in error ? String(error.code) : '';
	if (error instanceof LookupError) return error;
	if (code === 'ENOTFOUND' || code.startsWith('EAI_')) return error as Error & { code: string };
	return new LookupError(hostname, CODES.get(code) ?? 'EAI_FAIL', error);
}

const CODES: ReadonlyMap<string, string> = new Map([
	['ENODATA', 'ENOTFOUND'],
	['ESERVFAIL', 'EAI_AGAIN'],
	['EREFUSED', 'EAI_AGAIN'],
	['ETIMEOUT', 'EAI_AGAIN'],
	['ECONNREFUSED', 'EAI_AGAIN'],
]);
