import { WebSocketConnection } from './connection.ts';
import { callHook, Link } from './link.ts';
import { ResumePoint } from './resume.ts';
import { parseUpgradeTarget } from './upgrade-target.ts';
import { Upgrader } from './upgrader.ts';
import type { WebSocketContext } from './websocket-context.ts';
import { type WebSocketOptions, webSocketSettings } from './websocket-options.ts';

/**
 * Opens a WebSocket. The first connection is tried once, so that a wrong address or token is known at once; `reconnect`
 * is for those that were open.
 *
 * @throws HttpError (rejects): WebSocketError when the server refuses the upgrade; ConnectError, TlsError, TimeoutError,
 * ProtocolError or HeadersTooLargeError when it gives no answer to go by; AuthError, AbortedError, InvalidRequestError.
 */
export async function connectWebSocket(
	context: WebSocketContext,
	url: string | URL,
	options: WebSocketOptions = {},
): Promise<WebSocketConnection> {
	const settings = webSocketSettings(context, options);
	const target = parseUpgradeTarget(context.resolveUrl(url));
	const { resumeFrom, onOpen } = settings;
	const resumePoint = resumeFrom && new ResumePoint(resumeFrom);
	const link = new Link({
		label: target.label,
		settings,
		upgrader: new Upgrader(context, settings, target, resumePoint),
		resumePoint,
		signal: context.signal,
		onOpen: (reconnects) => callHook('onOpen', onOpen, { connection, reconnects }),
	});
	const connection = new WebSocketConnection(target.url.href, link, resumeFrom?.lastId);
	await link.start();
	return connection;
}
