import type { Reply } from '../server/handler.ts';
import type { ListenOptions } from '../server/listen.ts';
import type { Routes } from '../server/routes.ts';
import type { TestServer } from '../server/start-server.ts';
import { startServer } from '../server/start-server.ts';
import { escapeHtml } from '../text/escape.ts';
import { brokenFramingRoutes } from './broken-framing.ts';
import { endlessRoutes } from './endless.ts';
import { failureRoutes } from './failures.ts';
import type { HostileRoute } from './hostile-route.ts';
import { oddContentRoutes } from './odd-content.ts';
import { oversizedRoutes } from './oversized.ts';
import { redirectRoutes } from './redirects.ts';
import type { RobotsVariant } from './robots-variant.ts';
import { robotsRoutes } from './robots-variant.ts';

export interface HostileSiteOptions extends ListenOptions {
	/** How `/robots.txt` behaves; `ok` by default. */
	readonly robots?: RobotsVariant;
}

export interface HostileSite extends TestServer {
	/** Every bad behaviour and what it is; the start page links to all of them. */
	readonly routes: readonly Pick<HostileRoute, 'path' | 'about'>[];
}

/**
 * Starts a site on which every path goes wrong in a way of its own. `/` lists and links to all of them; `/leaf/…`
 * are harmless pages for the links on them.
 */
export async function startHostileSite({ robots = 'ok', ...options }: HostileSiteOptions = {}): Promise<HostileSite> {
	const all = [
		...endlessRoutes,
		...oversizedRoutes,
		...brokenFramingRoutes,
		...redirectRoutes,
		...oddContentRoutes,
		...failureRoutes(),
	];
	const routes: Routes = {
		'/': index(all),
		'/leaf/*': '<!doctype html><title>A leaf</title><p>Nothing wrong here.</p>\n',
		...robotsRoutes(robots),
		...Object.fromEntries(all.map(({ path, handler }) => [path.replace('/status/404', '/status/*'), handler])),
	};
	return { ...(await startServer(routes, options)), routes: all.map(({ path, about }) => ({ path, about })) };
}

function index(routes: readonly HostileRoute[]): Reply {
	const items = routes.map(({ path, about }) => `<dt><a href="${path}">${path}</a></dt><dd>${escapeHtml(about)}</dd>`);
	const body = `<!doctype html>\n<title>Hostile site</title>\n<h1>Hostile site</h1>\n<dl>\n${items.join('\n')}\n</dl>\n`;
	return { body };
}
