import type { Handler } from '../server/handler.ts';
import { sendReply } from '../server/handler.ts';
import type { ListenOptions } from '../server/listen.ts';
import { routesHandler } from '../server/routes.ts';
import type { TestServer } from '../server/start-server.ts';
import { startServer } from '../server/start-server.ts';
import { bytes } from './bytes.ts';
import { cached } from './cached.ts';
import { charsetPage } from './charset-page.ts';
import { setCookies, showCookies } from './cookies.ts';
import { echoRequest } from './echo-request.ts';
import { encoded } from './encoded.ts';
import { queryChoice, splitPath } from './parameters.ts';
import { redirect, redirectTo } from './redirects.ts';
import { flaky, status } from './statuses.ts';
import { delay, drip } from './timed.ts';
import { receiveUpload } from './upload.ts';

const charset: Handler = (_, response, url) => {
	const [, label] = splitPath(url);
	sendReply(response, charsetPage(label, queryChoice(url, 'in', ['header', 'meta', 'bom'])));
};

/**
 * Starts a server for testing HTTP clients: each path does one thing, and the query says how. `/echo`, and all below
 * it, answers with the request. What cannot be asked for is 400 with a reason.
 *
 * @example
 * await using echo = await startEcho();
 * const { method, body } = await (await fetch(`${echo.url}/echo`, { method: 'POST', body: 'ü' })).json();
 * body; // { text: 'ü', base64: 'w7w=', bytes: 2 }
 */
export async function startEcho(options: ListenOptions = {}): Promise<TestServer> {
	const answer = routesHandler({
		'/echo': echoRequest,
		'/echo/*': echoRequest,
		'/upload': receiveUpload,
		'/delay/*': delay,
		'/drip/*': drip,
		'/status/*': status,
		'/flaky/*': flaky(),
		'/bytes/*': bytes,
		'/redirect/*': redirect,
		'/redirect-to': redirectTo,
		'/cookies': showCookies,
		'/cookies/set': setCookies,
		'/cache/*': cached(),
		'/charset/*': charset,
		'/gzip': encoded('gzip'),
		'/br': encoded('br'),
		'/zstd': encoded('zstd'),
		'/deflate': encoded('deflate'),
	});
	return startServer(async (request, response, url) => {
		try {
			await answer(request, response, url);
		} catch (error) {
			if (response.headersSent || !isFaultOfRequest(error)) throw error;
			sendReply(response, { status: 400, headers: { 'Content-Type': 'text/plain' }, body: `${error.message}\n` });
		}
	}, options);
}

/** Parameters out of range, and text that no header field can hold. */
function isFaultOfRequest(error: unknown): error is Error {
	return (
		error instanceof RangeError || (error instanceof TypeError && 'code' in error && error.code === 'ERR_INVALID_CHAR')
	);
}
