import { Request } from '../crawlee.ts';
import type { Sources } from './add-batched.ts';
import { isObject, jsonCopy } from './check-source.ts';
import type { RequestSource } from './new-request.ts';

/**
 * A request as it is at this moment, whatever its giver goes on to do with the objects in it.
 *
 * @throws InvalidOptionError for something in them that cannot be stored.
 */
export function detachedSource(source: string | RequestSource | Request): string | RequestSource {
	if (!isObject(source)) return source;
	const { url, userData, headers } = source;
	return {
		...(source as RequestSource),
		...(source instanceof Request && insideOf(source)),
		...(isObject(userData) && { userData: jsonCopy('userData', { ...userData }, url) }),
		...(isObject(headers) && { headers: jsonCopy('headers', headers, url) }),
	};
}

/** A list as it is at this moment. What can be read only once is read when its turn comes. */
export function detachedSources(sources: Sources): Sources {
	return Array.isArray(sources) ? (sources as (string | RequestSource | Request)[]).map(detachedSource) : sources;
}

/** What Crawlee's requests keep where a copy of their properties does not find it. */
function insideOf(request: Request): Partial<RequestSource> {
	const { label, crawlDepth, skipNavigation, maxRetries, sessionRotationCount } = request;
	// Crawlee's types keep it to itself.
	const { enqueueStrategy } = request as unknown as RequestSource;
	return {
		crawlDepth,
		skipNavigation,
		...(label !== undefined && { label }),
		...(maxRetries !== undefined && { maxRetries }),
		...(enqueueStrategy !== undefined && { enqueueStrategy }),
		...(sessionRotationCount !== undefined && { sessionRotationCount }),
	};
}
