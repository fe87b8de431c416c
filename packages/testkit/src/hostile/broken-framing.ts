import type { HostileRoute } from './hostile-route.ts';

const text = '<!doctype html><title>Broken off</title><p>The rest of this page is '.repeat(100);

/** Responses that break HTTP/1.1 itself (RFC 9112 sections 6 to 8). */
export const brokenFramingRoutes: readonly HostileRoute[] = [
	{
		path: '/reset',
		about: 'a TCP reset instead of an answer',
		handler: (request) => {
			request.socket.resetAndDestroy();
		},
	},
	{
		path: '/half-body',
		about: 'promises a Content-Length, sends half of it and closes',
		handler: (request, response) => {
			response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Length': text.length });
			response.write(text.slice(0, text.length / 2), () => request.socket.end());
		},
	},
	{
		path: '/bad-chunks',
		about: 'a chunked body whose second chunk has a size that is no number',
		handler: (request, response) => {
			response.writeHead(200, { 'Content-Type': 'text/html', 'Transfer-Encoding': 'chunked' });
			response.write(text, () => request.socket.end('zz-not-hex\r\nrubbish\r\n0\r\n\r\n'));
		},
	},
	{
		path: '/wrong-length',
		about: 'sends far more bytes than its Content-Length of 20, then closes',
		handler: (request, response) => {
			response.writeHead(200, { 'Content-Type': 'text/html', 'Content-Length': 20 });
			response.write(text.slice(0, 20), () => request.socket.end(text));
		},
	},
];
