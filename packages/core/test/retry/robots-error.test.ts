import { expect, test } from 'vitest';
import { RobotsUnavailableError } from '../../src/retry/robots-error.ts';

test('names the page, the file, the reason and the way out', () => {
	const error = new RobotsUnavailableError('https://a.test:8443/p?q#f', 'it answered 503', 99);

	expect(error.message).toBe(
		'https://a.test:8443/p?q#f was not fetched, because https://a.test:8443/robots.txt cannot be had (it answered 503). Check the address; if the site is your own, it can be crawled without asking robots.txt.',
	);
	expect(error).toMatchObject({ code: 'ORB_ROBOTS_UNAVAILABLE', retryAt: 99 });
});
