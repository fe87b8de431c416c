import { HttpClient } from '@orbweaver/http';

/**
 * The HTTP client of a crawler. The lanes say how many requests may be under way, and the storage when a failed one is
 * tried again, so the client does neither.
 */
export function crawlerClient(options: {
	readonly userAgent: string;
	readonly proxy?: string | undefined;
}): HttpClient {
	const { userAgent, proxy } = options;
	return new HttpClient({
		userAgent,
		retry: false,
		limits: { total: Number.POSITIVE_INFINITY, perHost: Number.POSITIVE_INFINITY },
		...(proxy !== undefined && { proxy }),
	});
}
