import { OrbweaverError } from '../errors.ts';

/** The robots.txt of a site cannot be had, so nothing of the site may be fetched for now (RFC 9309 §2.3.1.4). */
export class RobotsUnavailableError extends OrbweaverError {
	/** When the site is asked again, milliseconds since the epoch. */
	readonly retryAt: number;

	constructor(url: string, reason: string, retryAt: number) {
		const robotsUrl = new URL('/robots.txt', url).href;
		super(
			'ORB_ROBOTS_UNAVAILABLE',
			`${url} was not fetched, because ${robotsUrl} cannot be had (${reason.replace(/\.$/, '')}). Check the address; if the site is your own, it can be crawled without asking robots.txt.`,
		);
		this.retryAt = retryAt;
	}
}
