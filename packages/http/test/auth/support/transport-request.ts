import type { RequestBody } from '../../../src/request-body/request-body.ts';
import { DEFAULT_TIMEOUTS } from '../../../src/timeouts.ts';
import type { TransportRequest } from '../../../src/transport/transport.ts';

/** A GET of `address` as the pipeline would hand it to a layer. */
export function transportRequest(address: string, changes: Partial<TransportRequest> = {}): TransportRequest {
	const url = new URL(address);
	return {
		method: 'GET',
		url: url.href,
		origin: url.origin,
		path: url.pathname + url.search,
		headers: [],
		body: undefined,
		timeouts: DEFAULT_TIMEOUTS,
		totalAt: Number.POSITIVE_INFINITY,
		totalIsOwn: false,
		maxHeaderBytes: 16_384,
		maxStreamBytes: Number.POSITIVE_INFINITY,
		decode: true,
		proxy: undefined,
		signal: undefined,
		onSent: () => undefined,
		onFinished: () => undefined,
		...changes,
	};
}

/** A body of text; one that is not repeatable passes for a stream. */
export function textBody(text: string, repeatable = true): RequestBody {
	return {
		contentType: undefined,
		length: Buffer.byteLength(text),
		repeatable,
		bytes: repeatable ? text : undefined,
		open: () => text,
	};
}
