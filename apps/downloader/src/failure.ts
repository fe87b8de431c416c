import { DownloadError, HttpError } from '@orbweaver/http';

/** Why a file is not there. */
export interface Failure {
	/** Stable: the reason of a download that failed, else the code of the error. */
	readonly reason: string;
	/** One sentence, or with mirrors one for each. */
	readonly problem: string;
}

/** What went wrong, in the words of the command line. */
export function failureOf(error: unknown): Failure {
	if (!(error instanceof Error)) return { reason: 'other', problem: String(error) };
	if (!(error instanceof HttpError)) return { reason: 'other', problem: `${error.name}: ${error.message}` };
	const problem = error.message.replace(/^GET /, '');
	if (!(error instanceof DownloadError)) return { reason: error.code, problem };
	const { reason, path, url } = error;
	return { reason, problem: reason === 'exists' ? existing(url, path) : problem };
}

function existing(url: string | undefined, path: string | undefined): string {
	return `${url} cannot be stored in ${path}: another file has that name. --overwrite replace replaces it, out=<name> gives another name.`;
}
