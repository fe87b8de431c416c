import type { Handler } from '../server/handler.ts';

/** A path that behaves badly. */
export interface HostileRoute {
	/** A path that works as it is; `about` names the query parameters that change it. */
	readonly path: string;
	/** What is wrong with it, for people and for the index page. */
	readonly about: string;
	readonly handler: Handler;
}

/** A number from the query, or its default; what is no number counts as absent. */
export function numberParameter(url: URL, name: string, fallback: number): number {
	const value = Number(url.searchParams.get(name) ?? Number.NaN);
	return Number.isFinite(value) && value >= 0 ? value : fallback;
}
