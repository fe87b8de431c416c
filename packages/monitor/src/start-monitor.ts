import { isLoopback } from './access/host-name.ts';
import { Monitor } from './monitor.ts';
import { type MonitorOptions, monitorSettings } from './monitor-options.ts';

/**
 * Starts a hub for live logs and numbers: an HTTP server with the page, `/metrics`, `/healthz`, and the WebSockets of
 * watchers and publishers. It lives until `close()`.
 *
 * On an address that is not loopback it warns (ORB_MONITOR_EXPOSED): it speaks plain HTTP, so others on the way can read
 * the token. Put a proxy with TLS before it, or a tunnel.
 *
 * @throws MonitorError (rejects) with code ORB_MONITOR_OPTION or ORB_MONITOR_LISTEN.
 * @example
 * await using monitor = await startMonitor({ tail: '/var/log/*.log' });
 * console.log(`See ${monitor.pageUrl}`);
 * monitor.publish({ level: 'warning', source: 'shop', domain: 'shop.example', text: 'slow' });
 */
export async function startMonitor(options: MonitorOptions = {}): Promise<Monitor> {
	const settings = monitorSettings(options);
	const monitor = await Monitor.start(settings);
	if (!isLoopback(settings.host)) {
		process.emitWarning(
			`The monitor listens on ${settings.host} without TLS: whoever can reach it sees what is sent.`,
			{
				code: 'ORB_MONITOR_EXPOSED',
			},
		);
	}
	return monitor;
}
