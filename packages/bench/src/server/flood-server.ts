import { type ServerProcess, startServerProcess } from './server-process.ts';

/** What the server did since its last report. */
export interface FloodServerReport {
	/** Of the server; messages come from {@link floodUrl}. */
	readonly url: string;
	/** Messages that went into the socket. */
	readonly sent: number;
}

/** Starts a WebSocket server that sends binary messages as fast as they are read, and closes then. */
export async function startFloodServer(): Promise<ServerProcess<FloodServerReport>> {
	return startServerProcess(new URL('flood-server-child.ts', import.meta.url), []);
}

/** Where `count` messages of `bytes` each can be read. */
export function floodUrl(origin: string, bytes: number, count: number): string {
	return `${origin}/?bytes=${bytes}&count=${count}`;
}
