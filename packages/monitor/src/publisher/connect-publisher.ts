import { Publisher } from './publisher.ts';
import { type PublisherOptions, publisherSettings } from './publisher-options.ts';

/**
 * Publishes logs and numbers to a monitor of another process. Returns at once and connects in the background, again and
 * again if need be. It does not keep the process alive: at its end the last lines are sent, for a second at most.
 *
 * @throws MonitorError with code ORB_MONITOR_OPTION.
 * @example
 * await using publisher = connectPublisher({ url: 'http://127.0.0.1:7373', source: 'shop' });
 * publisher.publish({ level: 'warning', text: 'slow', domain: 'shop.example' });
 */
export function connectPublisher(options: PublisherOptions): Publisher {
	return new Publisher(publisherSettings(options));
}
