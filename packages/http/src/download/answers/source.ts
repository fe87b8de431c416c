import { AbortedError, HttpError, InvalidRequestError, type RequestLabel } from '../../errors.ts';
import type { RequestHeaders } from '../../request-headers.ts';
import { parseTarget } from '../../request-target.ts';
import type { Timeouts } from '../../timeouts.ts';
import { DownloadError } from '../download-error.ts';
import type { DownloadFetch, DownloadResponse } from '../download-fetch.ts';
import { type Ask, askHeaders } from './ask.ts';
import type { Validator } from './validators.ts';

/** How all sources of a download are asked. */
export interface SourceSettings {
	readonly headers: RequestHeaders;
	readonly timeouts: Partial<Timeouts>;
	readonly maxRedirects: number | undefined;
}

/** One URL that the file can be had from. */
export class Source {
	readonly #fetch: DownloadFetch;
	readonly #url: string | URL;
	readonly #settings: SourceSettings;
	readonly #secretsOf: string;
	/** For messages: without credentials. */
	readonly label: RequestLabel;
	/** What it calls the version that is being downloaded; known once it has sent something of it. */
	validator: Validator | undefined;
	#failure: Error | undefined;

	/** @param secretsOf the one origin that is told secrets. */
	constructor(fetch: DownloadFetch, url: string | URL, settings: SourceSettings, secretsOf: string) {
		this.#fetch = fetch;
		this.#url = url;
		this.#settings = settings;
		this.#secretsOf = secretsOf;
		this.label = { method: 'GET', url: parseTarget('GET', url).href };
	}

	/** Why it is asked no more. */
	get failure(): Error | undefined {
		return this.#failure;
	}

	fail(error: Error): void {
		this.#failure ??= error;
	}

	async send(ask: Ask, signal: AbortSignal): Promise<DownloadResponse> {
		const { headers, timeouts, maxRedirects } = this.#settings;
		const options = {
			headers: { ...headers, ...askHeaders(ask) },
			signal,
			decode: false as const,
			retry: false as const,
			timeouts: { ...timeouts, totalMs: Number.POSITIVE_INFINITY },
			maxBodyBytes: Number.MAX_SAFE_INTEGER,
			...(maxRedirects !== undefined && { maxRedirects }),
		};
		return await this.#fetch.get(this.#url, options, this.#secretsOf);
	}
}

/**
 * The URL and its mirrors. A mirror of another origin is not sent what may be a secret of the first.
 *
 * @throws InvalidRequestError for one that cannot be used.
 */
export function sourcesOf(
	fetch: DownloadFetch,
	url: string | URL,
	mirrors: readonly (string | URL)[],
	settings: SourceSettings,
): [Source, ...Source[]] {
	const { origin } = parseTarget('GET', url);
	return [
		new Source(fetch, url, settings, origin),
		...mirrors.map((mirror) => new Source(fetch, mirror, settings, origin)),
	];
}

/** Whether another source may do better where one ended with this error. */
export function isFailureOfSource(error: unknown): error is HttpError {
	if (error instanceof DownloadError) return OF_SOURCE.has(error.reason);
	if (error instanceof InvalidRequestError || error instanceof AbortedError) return false;
	return error instanceof HttpError;
}

const OF_SOURCE: ReadonlySet<DownloadError['reason']> = new Set([
	'status',
	'changed',
	'digest',
	'length',
	'too-large',
	'encoding',
	'range',
]);
