import { type ServerProcess, startServerProcess } from './server-process.ts';

/** What the server saw since its last report. */
export interface DelayServerReport {
	/** The origin, without a trailing slash. */
	readonly url: string;
	/** Requests answered. */
	readonly served: number;
	/** Requests that had arrived and were not answered yet, at most. */
	readonly peakInFlight: number;
}

/** Starts a server that answers every request with the same JSON after the same delay, however many there are at once. */
export async function startDelayServer(delayMs: number, json: string): Promise<ServerProcess<DelayServerReport>> {
	return startServerProcess(new URL('delay-server-child.ts', import.meta.url), [String(delayMs), json]);
}
