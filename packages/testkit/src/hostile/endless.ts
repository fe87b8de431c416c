import type { ServerResponse } from 'node:http';
import { pause } from '../server/pause.ts';
import type { HostileRoute } from './hostile-route.ts';
import { numberParameter } from './hostile-route.ts';

const block = Buffer.from('<p>and so on and on and on and on and on and on</p>\n'.repeat(1200));

/** Sends as fast as the client reads, until the connection closes. */
export function sendEndlessly(response: ServerResponse, bytes: Uint8Array): void {
	const pour = (): void => {
		while (!response.destroyed && response.write(bytes));
	};
	response.on('drain', pour);
	pour();
}

/** Responses that do not end, or not soon. */
export const endlessRoutes: readonly HostileRoute[] = [
	{
		path: '/endless-body',
		about: 'HTML that never ends, as fast as it is read',
		handler: (_, response) => {
			response.writeHead(200, { 'Content-Type': 'text/html' });
			sendEndlessly(response, block);
		},
	},
	{
		path: '/slow-drip',
		about: 'one byte every ?ms=100, ?bytes=6000 of them: never idle, never done',
		handler: async (_, response, url) => {
			response.writeHead(200, { 'Content-Type': 'text/html' });
			for (let left = numberParameter(url, 'bytes', 6000); left > 0 && !response.destroyed; left -= 1) {
				response.write('.');
				await pause(numberParameter(url, 'ms', 100), response);
			}
			response.end();
		},
	},
	{ path: '/never-answers', about: 'takes the request and says nothing', handler: () => {} },
	{
		path: '/headers-only',
		about: 'sends the response head and nothing after it',
		handler: (_, response) => {
			response.writeHead(200, { 'Content-Type': 'text/html' });
			response.flushHeaders();
		},
	},
];
