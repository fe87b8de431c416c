import type { IncomingHttpHeaders } from 'node:http';
import { type AccessRules, decideAccess } from '../access/decide-access.ts';
import { pageFile } from './page-files.ts';

/** An answer, without the headers that all answers have. */
export interface Answer {
	readonly status: number;
	readonly headers: Readonly<Record<string, string>>;
	readonly body: string | Buffer;
}

/** Prometheus' text format (https://prometheus.io/docs/instrumenting/exposition_formats/). */
const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Answers a request that is no upgrade. */
export async function answerRequest(
	request: { readonly method: string; readonly target: string; readonly headers: IncomingHttpHeaders },
	rules: AccessRules,
	metrics: () => string,
): Promise<Answer> {
	const url = targetUrl(request.target);
	if (url === undefined) return text(400, 'The request target is no path.\n');
	if (request.method !== 'GET' && request.method !== 'HEAD') {
		return text(405, 'Only GET is answered.\n', { Allow: 'GET, HEAD' });
	}
	const isOpen = url.pathname === '/healthz';
	const access = decideAccess({ headers: request.headers, url }, rules, { isPage: true, isOpen });
	if (access.kind === 'refused') {
		return text(access.status, `${access.reason}\n`, access.status === 401 ? { 'WWW-Authenticate': 'Bearer' } : {});
	}
	if (access.kind === 'signed-in') {
		return text(303, '', { Location: access.location, 'Set-Cookie': access.cookie });
	}
	if (isOpen) return text(200, 'ok\n');
	if (url.pathname === '/metrics') return text(200, metrics(), { 'Content-Type': METRICS_TYPE });
	const file = await pageFile(url.pathname);
	if (file === undefined) return text(404, 'There is nothing here.\n');
	return { status: 200, headers: { 'Content-Type': file.type }, body: file.body };
}

/** Undefined for a target that is no path, such as `*`, or that only looks like one, such as `//host`. */
export function targetUrl(target: string): URL | undefined {
	if (!target.startsWith('/') || target.startsWith('//')) return undefined;
	return URL.parse(target, 'http://monitor.invalid') ?? undefined;
}

function text(status: number, body: string, headers: Readonly<Record<string, string>> = {}): Answer {
	return { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers }, body };
}
