import { startServerProcess } from './server-process.ts';
import type { SiteServer } from './site-server.ts';

/** What the serving process reports. */
export interface NodeServerReport {
	readonly url: string;
	readonly requests: number;
}

/**
 * Serves `directory` with the test kit's static server.
 *
 * @throws {Error} if the process ends instead of listening; its complaint is on stderr.
 */
export async function startNodeServer(directory: string): Promise<SiteServer> {
	const script = new URL('node-server-child.ts', import.meta.url);
	const server = await startServerProcess<NodeServerReport>(script, [directory]);
	return {
		name: `the test kit's static server on Node ${process.version}`,
		servesRanges: false,
		url: server.first.url,
		requests: async () => (await server.report()).requests,
		[Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
	};
}
