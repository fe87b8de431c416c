import type { IncomingMessage } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { Handler, Reply } from '../server/handler.ts';
import { sendReply } from '../server/handler.ts';
import type { ListenOptions } from '../server/listen.ts';
import { pause } from '../server/pause.ts';
import type { TestServer } from '../server/start-server.ts';
import { startServer } from '../server/start-server.ts';
import { wholeNumber } from '../whole-number.ts';
import { createAnswer } from './answer.ts';
import { catalogLimits, createCatalog } from './catalog.ts';
import type { Site } from './site.ts';
import { flakyPath } from './troubles.ts';
import type { ShopTruth } from './truth.ts';
import { shopTruth } from './truth.ts';

export interface ShopOptions extends ListenOptions {
	/** How many products, 60 to 4000; 360 by default. */
	readonly products?: number;
	/** The same seed stocks the same shop; 1 by default. */
	readonly seed?: number;
	/** How many pages answer slowly, at least 1; 4 by default. */
	readonly slowPages?: number;
	/** How long they take, in milliseconds; 300 by default. */
	readonly slowMs?: number;
	/** An absolute URL on another host: `/about` then links to `/partner`, which redirects there. None by default. */
	readonly partnerUrl?: string;
}

/** A running shop and the truth about it. */
export interface Shop extends TestServer, ShopTruth {}

/**
 * Opens the sample shop: a few hundred products on a small site with the faults that real sites have.
 *
 * @throws {RangeError} naming the option that is out of range.
 * @example
 * await using shop = await startShop();
 * shop.products.length; // 360
 */
export async function startShop(options: ShopOptions = {}): Promise<Shop> {
	const { products = 360, seed = 1, slowPages = 4, slowMs = 300, partnerUrl } = options;
	wholeNumber('products', products, catalogLimits.least, catalogLimits.most);
	wholeNumber('slowPages', slowPages, 1, 1000);
	wholeNumber('slowMs', slowMs, 0, 60_000);
	const catalog = createCatalog(products, seed);
	// The pages hold absolute links, so the shop can only be drawn once its port is known.
	let handler: Handler = (_, response) => sendReply(response, { status: 503 });
	const server = await startServer((request, response, url) => handler(request, response, url), options);
	const site: Site = { origin: server.url, catalog, slowPages, partnerUrl };
	handler = shopHandler(site, slowMs);
	return { ...server, ...shopTruth(site) };
}

function shopHandler(site: Site, slowMs: number): Handler {
	const answer = createAnswer(site);
	let failuresLeft = 1;
	return async (request, response, url) => {
		if (request.method !== 'GET' && request.method !== 'HEAD') {
			return sendReply(response, { status: 405, headers: { Allow: 'GET, HEAD' } });
		}
		if (url.pathname === flakyPath(site) && failuresLeft > 0) {
			failuresLeft -= 1;
			return sendReply(response, { status: 503, headers: { 'Retry-After': '1' }, body: 'Back in a second' });
		}
		if (url.pathname.startsWith('/slow/')) await pause(slowMs, response);
		sendReply(response, compress(answer(url), request));
	};
}

/** Gzips text for a client that takes it, as most sites do; small bodies and files that are gzip already stay. */
function compress(reply: Reply, request: IncomingMessage): Reply {
	const { headers = {}, body = '' } = reply;
	const worthwhile = body.length > 1024 && headers['Content-Type'] !== 'application/gzip';
	if (!worthwhile || !/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) return reply;
	return {
		...reply,
		headers: { ...headers, 'Content-Encoding': 'gzip', Vary: 'Accept-Encoding' },
		body: gzipSync(body),
	};
}
