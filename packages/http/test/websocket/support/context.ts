import { DEFAULT_TIMEOUTS } from '../../../src/timeouts.ts';
import { connectWebSocket } from '../../../src/websocket/connect-websocket.ts';
import type { WebSocketConnection } from '../../../src/websocket/connection.ts';
import type { WebSocketContext } from '../../../src/websocket/websocket-context.ts';
import type { WebSocketOptions } from '../../../src/websocket/websocket-options.ts';

/** What a client without options would give. */
export function testContext(parts: Partial<WebSocketContext> = {}): WebSocketContext {
	return {
		resolveUrl: (url) => new URL(url),
		headers: ['user-agent', 'orbweaver', 'accept', '*/*', 'accept-encoding', 'gzip, deflate, br'],
		timeouts: DEFAULT_TIMEOUTS,
		maxHeaderBytes: 16 * 1024,
		auth: undefined,
		authOrigin: undefined,
		cookies: undefined,
		tlsOptions: () => ({}),
		signal: new AbortController().signal,
		...parts,
	};
}

/** Connects as a client without options would. */
export function connect(url: string, options?: WebSocketOptions): Promise<WebSocketConnection> {
	return connectWebSocket(testContext(), url, options);
}
