import { Crawler, type OnSkippedRequest } from '@orbweaver/core';
import type { Settings } from './arguments.ts';

/** A crawler that stays on the hosts it is given and writes one row for each page. */
export function siteCrawler(settings: Settings, onSkippedRequest: OnSkippedRequest): Crawler {
	const { maxPages, maxDepth, perDomain, delaySecs, userAgent, ignoreRobots } = settings;
	return new Crawler({
		storage: settings.storage,
		respectRobotsTxtFile: !ignoreRobots,
		onSkippedRequest,
		// Links lead to pictures and archives too, and those can be broken as well.
		additionalMimeTypes: ['*/*'],
		...(maxPages !== undefined && { maxRequestsPerCrawl: maxPages }),
		...(maxDepth !== undefined && { maxCrawlDepth: maxDepth }),
		...(userAgent !== undefined && { userAgent }),
		domainLimits: {
			...(perDomain !== undefined && { maxConcurrent: perDomain }),
			...(delaySecs !== undefined && { minTime: delaySecs * 1_000 }),
		},
		async requestHandler({ request, response, body, contentType, enqueueLinks, pushData }) {
			await pushData({
				url: request.loadedUrl,
				status: response.statusCode,
				type: contentType.type,
				encoding: contentType.encoding,
				size: body.length,
				depth: request.crawlDepth,
			});
			if (contentType.type === 'text/html' || contentType.type === 'application/xhtml+xml') await enqueueLinks();
		},
	});
}
