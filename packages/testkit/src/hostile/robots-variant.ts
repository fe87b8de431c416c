import type { Handler, Reply } from '../server/handler.ts';
import { sendReply } from '../server/handler.ts';
import { sendEndlessly } from './endless.ts';

/**
 * How `/robots.txt` behaves: `ok` allows everything, `hang` never answers, `endless` never ends, `redirect` leads to
 * `/robots-moved.txt`, which forbids `/leaf/`, `reset` cuts the connection. Any other text is served as the file.
 */
export type RobotsVariant = 'ok' | 'hang' | 'endless' | '404' | '503' | 'redirect' | 'reset' | (string & {});

const movedRobots = 'User-agent: *\nDisallow: /leaf/\n';

const comment = Buffer.from('# there is always one more line to read\n'.repeat(1600));

/** The handlers of `/robots.txt` and of the place it may move to. */
export function robotsRoutes(variant: RobotsVariant): { '/robots.txt': Handler; '/robots-moved.txt': Reply } {
	return { '/robots.txt': robotsHandler(variant), '/robots-moved.txt': plain(movedRobots) };
}

function robotsHandler(variant: RobotsVariant): Handler {
	return (request, response) => {
		switch (variant) {
			case 'hang':
				return;
			case 'reset':
				request.socket.resetAndDestroy();
				return;
			case 'endless':
				response.writeHead(200, { 'Content-Type': 'text/plain' });
				return sendEndlessly(response, comment);
			case '404':
			case '503':
				return sendReply(response, { ...plain('No rules here\n'), status: Number(variant) });
			case 'redirect':
				return sendReply(response, { status: 301, headers: { Location: '/robots-moved.txt' } });
			case 'ok':
				return sendReply(response, plain('User-agent: *\nAllow: /\n'));
			default:
				return sendReply(response, plain(variant));
		}
	};
}

function plain(body: string): Reply {
	return { headers: { 'Content-Type': 'text/plain' }, body };
}
