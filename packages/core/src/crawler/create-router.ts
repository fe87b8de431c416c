import { type Dictionary, Router, type RouterHandler, type RouterRoutes } from '../crawlee.ts';
import type { CrawlerContext } from './crawling-context.ts';

/**
 * Makes a router: handlers by the label of the request. Crawlee's `createCheerioRouter` under the name that the handlers
 * of one crawler need.
 *
 * @example
 * const router = createRouter();
 * router.addDefaultHandler(async ({ enqueueLinks }) => {
 * 	await enqueueLinks({ selector: 'a.product', label: 'product' });
 * });
 * router.addHandler('product', async ({ request, $, pushData }) => {
 * 	await pushData({ url: request.url, name: $('h1').text() });
 * });
 */
export function createRouter<UserData extends Dictionary = Dictionary>(
	routes?: RouterRoutes<CrawlerContext<UserData>, Record<string, UserData>>,
): RouterHandler<CrawlerContext<UserData>, Record<string, UserData>> {
	return Router.create<CrawlerContext<UserData>, UserData>(routes);
}
