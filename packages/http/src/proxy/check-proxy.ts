import { proxyForUrl } from './environment.ts';
import { proxyUrl } from './proxy-url.ts';

/** Asks for the proxy that the environment names, URL by URL. */
export const ENVIRONMENT = 'environment';

/**
 * The URL of a proxy in its standard form, or `'environment'` as it is.
 *
 * @throws InvalidRequestError naming the option or variable and, without a password, its value.
 */
export function checkProxy(proxy: string): string;
export function checkProxy(proxy: string | undefined): string | undefined;
export function checkProxy(proxy: string | undefined): string | undefined {
	if (proxy === undefined) return undefined;
	if (proxy !== ENVIRONMENT) return proxyUrl('proxy', proxy);
	// What is wrong in the environment is better known now than at the first request.
	for (const url of ['http://host.invalid/', 'https://host.invalid/']) proxyForUrl(url, process.env);
	return proxy;
}
