import type { Handler, Reply } from './handler.ts';
import { sendReply } from './handler.ts';

/** What answers a path: a handler, a fixed response, or HTML text. */
export type Route = Handler | Reply | string;

/**
 * Paths and what answers them. A key is an exact path (`/about`) or a prefix that ends in `*` (`/files/*`); an exact
 * path wins over a prefix, a longer prefix over a shorter one. Everything else is 404. The query does not count.
 */
export type Routes = Readonly<Record<string, Route>>;

/** The handler that dispatches to `routes`. */
export function routesHandler(routes: Routes): Handler {
	const exact = new Map(Object.entries(routes).filter(([path]) => !path.endsWith('*')));
	const prefixes = Object.entries(routes)
		.filter(([path]) => path.endsWith('*'))
		.map(([path, route]) => ({ prefix: path.slice(0, -1), route }))
		.sort((a, b) => b.prefix.length - a.prefix.length);
	return (request, response, url) => {
		const path = url.pathname;
		const route = exact.get(path) ?? prefixes.find(({ prefix }) => path.startsWith(prefix))?.route ?? notFound(path);
		if (typeof route === 'function') return route(request, response, url);
		sendReply(response, typeof route === 'string' ? { body: route } : route);
	};
}

function notFound(path: string): Reply {
	return { status: 404, headers: { 'Content-Type': 'text/plain; charset=utf-8' }, body: `Nothing at ${path}\n` };
}
