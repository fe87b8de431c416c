import { sendReply } from '../server/handler.ts';
import type { HostileRoute } from './hostile-route.ts';

const noise = Buffer.from(Array.from({ length: 4096 }, (_, i) => (i * 131 + (i >> 5)) & 0xff));

/** Responses whose content is not what a crawler expects of a page. */
export const oddContentRoutes: readonly HostileRoute[] = [
	{
		path: '/binary',
		about: '4 KB of noise as application/octet-stream, or as whatever ?type= says',
		handler: (_, response, url) => {
			const type = url.searchParams.get('type') ?? 'application/octet-stream';
			sendReply(response, { headers: { 'Content-Type': type }, body: noise });
		},
	},
	{ path: '/empty', about: '200 with an empty body', handler: (_, response) => sendReply(response, {}) },
	{
		path: '/no-content-type',
		about: 'HTML with a link, without a Content-Type',
		handler: (_, response) => {
			response.end('<!doctype html><title>Untyped</title><a href="/leaf/1">a link</a>\n');
		},
	},
	{
		path: '/latin1',
		about: 'HTML in ISO-8859-1, named only in the header',
		handler: (_, response) => {
			const body = Buffer.from('<!doctype html><title>Café Größe</title><a href="/leaf/2">naïve</a>\n', 'latin1');
			sendReply(response, { headers: { 'Content-Type': 'text/html; charset=iso-8859-1' }, body });
		},
	},
];
