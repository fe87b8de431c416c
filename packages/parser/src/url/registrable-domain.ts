import { createRequire } from 'node:module';
import type { parse as Parse } from 'tldts';

const requireHere = createRequire(import.meta.url);
let parse: typeof Parse | undefined;

/**
 * The domain that was registered: the public suffix and one label more (`https://news.bbc.co.uk/` → `bbc.co.uk`).
 * A host that is no domain name has nobody above it and is the answer itself: IP addresses (IPv6 in brackets),
 * `localhost`, a bare public suffix.
 *
 * Answers `undefined` when there is no host in `urlOrHostname`. The list of public suffixes ships with tldts and is
 * loaded by the first call.
 *
 * Source: publicsuffix.org, its ICANN section.
 *
 * @param urlOrHostname an absolute URL, or a hostname with or without port
 */
export function registrableDomain(urlOrHostname: string | URL): string | undefined {
	const hostname = hostnameOf(urlOrHostname);
	if (!hostname) return undefined;
	parse ??= (requireHere('tldts') as { parse: typeof Parse }).parse;
	return parse(hostname, { mixedInputs: false }).domain ?? hostname;
}

function hostnameOf(input: string | URL): string | undefined {
	if (typeof input !== 'string') return input.hostname;
	const isUrl = /^[a-z][a-z0-9+.-]*:\/\//i.test(input);
	// The URL parser lower-cases, applies IDNA and gives IPv6 its brackets.
	const url = URL.parse(isUrl ? input : `http://${isBareIpv6(input) ? `[${input}]` : input}`);
	return url?.hostname;
}

function isBareIpv6(host: string): boolean {
	return !host.startsWith('[') && host.indexOf(':') !== host.lastIndexOf(':');
}
