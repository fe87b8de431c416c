import { sendReply } from '../server/handler.ts';
import type { HostileRoute } from './hostile-route.ts';
import { numberParameter } from './hostile-route.ts';

/** Failures that pass. They count per URL: add a parameter of your own, such as `&case=3`, to begin anew. */
export function failureRoutes(): readonly HostileRoute[] {
	const seen = new Map<string, number>();
	const visit = (url: URL): number => {
		const visits = (seen.get(url.href) ?? 0) + 1;
		seen.set(url.href, visits);
		return visits;
	};
	return [
		{
			path: '/flaky',
			about: 'answers ?status=503 the first ?fail=1 times, then 200',
			handler: (_, response, url) => {
				const fails = visit(url) <= numberParameter(url, 'fail', 1);
				const status = fails ? statusParameter(url, 503) : 200;
				sendReply(response, { status, body: fails ? 'Not yet' : 'Well done' });
			},
		},
		{
			path: '/retry-after',
			about:
				'answers ?status=429 with Retry-After: ?seconds=1 the first ?times=1 times, then 200; ' +
				'&date=n sends the HTTP date n seconds ahead instead, &date=text sends the text',
			handler: (_, response, url) => {
				if (visit(url) > numberParameter(url, 'times', 1))
					return sendReply(response, { body: 'Thank you for waiting' });
				const headers = { 'Retry-After': retryAfter(url) };
				sendReply(response, { status: statusParameter(url, 429), headers, body: 'Later' });
			},
		},
		{
			path: '/status/404',
			about: 'answers with the status in the path: /status/200 to /status/599',
			handler: (_, response, url) => sendReply(response, statusReply(url.pathname.slice('/status/'.length))),
		},
	];
}

function retryAfter(url: URL): string {
	const date = url.searchParams.get('date');
	if (date === null) return url.searchParams.get('seconds') ?? '1';
	if (!/^\d+$/.test(date)) return date;
	// An HTTP date has whole seconds; rounding up keeps it from naming a moment too early.
	return new Date(Math.ceil((Date.now() + Number(date) * 1000) / 1000) * 1000).toUTCString();
}

function statusParameter(url: URL, fallback: number): number {
	const status = numberParameter(url, 'status', fallback);
	return Number.isInteger(status) && status >= 200 && status <= 599 ? status : fallback;
}

function statusReply(code: string): { status: number; body: string } {
	if (/^[2-5]\d\d$/.test(code)) return { status: Number(code), body: code === '204' || code === '304' ? '' : code };
	return { status: 400, body: `No status ${code}: use 200 to 599` };
}
