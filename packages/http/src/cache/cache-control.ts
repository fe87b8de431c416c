import type { HeaderList } from '../request-headers.ts';
import { requestValue } from './header-values.ts';

/** The directives of a Cache-Control field: names in lower case to arguments, `true` where there is none. */
export type CacheControl = ReadonlyMap<string, string | true>;

const DIRECTIVE = /([^\s,;=]+)\s*(?:=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,;"]*)))?/g;

/** Reads Cache-Control (RFC 9111 §5.2). Of a directive that is repeated the first counts (§4.2.1). */
export function parseCacheControl(value: string | undefined): CacheControl {
	const directives = new Map<string, string | true>();
	for (const [, name = '', quoted, token] of value?.matchAll(DIRECTIVE) ?? []) {
		const lowerCase = name.toLowerCase();
		if (!directives.has(lowerCase)) directives.set(lowerCase, quoted ?? token ?? true);
	}
	return directives;
}

/** What a request asks of caches; an old `Pragma: no-cache` counts when there is no Cache-Control (§5.4). */
export function requestDirectives(headers: HeaderList): CacheControl {
	const value = requestValue(headers, 'cache-control');
	if (value !== undefined) return parseCacheControl(value);
	return parseCacheControl(/no-cache/i.exec(requestValue(headers, 'pragma') ?? '')?.[0]);
}

/** The argument of a directive in seconds: `undefined` without the directive, 0 when it is no number. */
export function secondsOf(directives: CacheControl, name: string): number | undefined {
	const argument = directives.get(name);
	if (argument === undefined) return undefined;
	return argument !== true && /^\d+$/.test(argument) ? Number(argument) : 0;
}

/** The directives as one value; lists of header names are left out, which makes a directive hold for all of them. */
export function formatCacheControl(directives: CacheControl): string {
	return [...directives]
		.map(([name, argument]) => (argument === true || /[",\s]/.test(argument) ? name : `${name}=${argument}`))
		.join(', ');
}
