import type { ReadOptions } from '../read-options.ts';
import type { CollectedBody } from '../response/response-body.ts';
import { type CallAnswer, type CallContext, type CallRequest, call } from './call.ts';

/** A call that wants all of the response at once. */
export interface WholeRequest extends Omit<CallRequest, 'finish'> {
	readonly overflow: 'error' | 'truncate';
	readonly onHead?: ReadOptions['onHead'];
}

/** The final response with its body. */
export interface WholeAnswer extends CallAnswer, CollectedBody {
	/** `onHead` gave the body up. */
	readonly discarded: boolean;
}

const NO_BODY: CollectedBody = { bytes: Buffer.alloc(0), truncated: false };

/** Makes a call and reads its response to the end, which is part of the try: half a body is asked for again. */
export async function readWhole(context: CallContext, request: WholeRequest): Promise<WholeAnswer> {
	const { settings, overflow, onHead } = request;
	let discarded = false;
	let body = NO_BODY;
	const answer = await call(context, {
		...request,
		finish: async ({ status, headers, body: source }, url) => {
			discarded = onHead?.({ status, headers, url }) === 'discard';
			if (discarded) source.discard();
			else body = await source.collect({ maxBytes: settings.maxBodyBytes, overflow });
		},
	});
	if (!discarded && context.observer.hears('body')) {
		context.observer.tell('body', { ...answer.event, bytes: body.bytes });
	}
	return { ...answer, ...body, discarded };
}
