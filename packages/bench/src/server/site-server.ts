import { startNginx } from './nginx.ts';
import { startNodeServer } from './node-server.ts';

/** A server of files in a process of its own, so that its work is not on the contestants' account. */
export interface SiteServer extends AsyncDisposable {
	/** What serves, with its version, as the report names it. */
	readonly name: string;
	/** The origin, without a trailing slash. */
	readonly url: string;
	/** Whether a part of a file can be asked for (RFC 9110 §14). */
	readonly servesRanges: boolean;
	/** Requests answered since the start, whatever the status. */
	requests(): Promise<number>;
}

/**
 * nginx where it is installed, else the test kit's static server, which is slower and so hides part of the differences.
 *
 * @param onFallback told why nginx is there and yet not used.
 */
export async function startSiteServer(directory: string, onFallback: (reason: string) => void): Promise<SiteServer> {
	try {
		const nginx = await startNginx(directory);
		if (nginx !== undefined) return nginx;
	} catch (error) {
		onFallback((error as Error).message);
	}
	return startNodeServer(directory);
}
