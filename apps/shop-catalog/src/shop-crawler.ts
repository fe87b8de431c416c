import { Crawler, type CrawlerOptions, createRouter } from '@orbweaver/core';

const router = createRouter();

// Every page: go on to products, and to the lists that lead to more of them.
router.addDefaultHandler(async ({ enqueueLinks }) => {
	await enqueueLinks({ globs: ['**/p/*'], label: 'product', strategy: 'same-hostname' });
	await enqueueLinks({ exclude: ['**/p/*'] });
});

// A product's page: one row of the catalogue. Products also lead to each other.
router.addHandler('product', async ({ $, pushData, enqueueLinks }) => {
	const price = $('.product .price').text();
	await pushData({
		url: $('meta[property="og:url"]').attr('content'),
		sku: $('.product .sku').text(),
		name: $('h1').text(),
		brand: $('.product .maker').text(),
		price: Number(price.replace(/[^\d.]/g, '')),
		currency: $('meta[property="product:price:currency"]').attr('content'),
		inStock: $('.product .availability').hasClass('in'),
	});
	await enqueueLinks({ globs: ['**/p/*'], label: 'product', strategy: 'same-hostname' });
});

/** A crawler that finds every product of the shop. */
export function shopCrawler(options: CrawlerOptions = {}): Crawler {
	return new Crawler({ name: 'shop-catalog', requestHandler: router, ...options });
}
