import type { RequestBody } from '../request-body/request-body.ts';
import type { HeaderList } from '../request-headers.ts';
import type { RequestSettings } from '../request-options.ts';
import type { RequestTarget } from '../request-target.ts';
import type { TransportRequest } from '../transport/transport.ts';
import type { CallBudget } from './call-budget.ts';

/** What changes from one redirect to the next, and what does not. */
export interface OutgoingParts {
	readonly headers: HeaderList;
	readonly body: RequestBody | undefined;
	readonly settings: RequestSettings;
	readonly budget: CallBudget;
}

/** One request of a call, as its transport wants it. */
export function outgoingRequest(method: string, target: RequestTarget, parts: OutgoingParts): TransportRequest {
	const { headers, body, settings, budget } = parts;
	return {
		method,
		url: target.href,
		origin: target.origin,
		path: target.path,
		headers,
		body,
		timeouts: settings.timeouts,
		totalAt: budget.totalAt,
		totalIsOwn: settings.totalIsOwn,
		maxHeaderBytes: settings.maxHeaderBytes,
		maxStreamBytes: settings.maxStreamBytes,
		decode: settings.decode,
		proxy: settings.proxy,
		signal: settings.signal,
		retried: settings.retry?.methods.has(method) ?? false,
		call: budget,
		onSent: settings.onSent ?? ignore,
		onFinished: ignore,
		onWaited: (waitedMs) => {
			budget.totalAt += waitedMs;
		},
	};
}

function ignore(): void {}
