import { sendReply } from '../server/handler.ts';
import { gzipBomb } from './gzip-bomb.ts';
import type { HostileRoute } from './hostile-route.ts';
import { numberParameter } from './hostile-route.ts';

/** Responses that are complete and correct, and far too large in some respect. */
export const oversizedRoutes: readonly HostileRoute[] = [
	{
		path: '/gzip-bomb',
		about: 'a small gzip response that unpacks to ?mb=256 megabytes',
		handler: (_, response, url) => {
			sendReply(response, {
				headers: { 'Content-Encoding': 'gzip' },
				body: gzipBomb(Math.floor(numberParameter(url, 'mb', 256))),
			});
		},
	},
	{
		path: '/many-links',
		about: 'a page with ?count=100000 different links, all of which answer',
		handler: (_, response, url) => {
			const count = numberParameter(url, 'count', 100_000);
			const links = Array.from({ length: count }, (_, i) => `<a href="/leaf/${i}">${i}</a>`);
			sendReply(response, { body: `<!doctype html><title>Many links</title>\n${links.join('\n')}\n` });
		},
	},
	{
		path: '/huge-headers',
		about: 'response headers of ?kb=512 kilobytes',
		handler: (_, response, url) => {
			const count = Math.ceil(numberParameter(url, 'kb', 512) / 4);
			for (let i = 0; i < count; i += 1) response.setHeader(`X-Padding-${i}`, 'x'.repeat(4096));
			sendReply(response, { body: 'The headers were the message' });
		},
	},
	{
		path: '/deep-nesting',
		about: 'HTML nested ?depth=100000 elements deep, with a link at the bottom',
		handler: (_, response, url) => {
			const depth = numberParameter(url, 'depth', 100_000);
			const body = `${'<div>'.repeat(depth)}<a href="/leaf/0">bottom</a>${'</div>'.repeat(depth)}`;
			sendReply(response, { body: `<!doctype html><title>Deep</title>\n${body}\n` });
		},
	},
];
