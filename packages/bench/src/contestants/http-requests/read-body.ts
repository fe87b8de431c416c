import type { Payload, RequestsJob } from './contract.ts';

/** A body as most clients hand it out. */
interface Body {
	text(): Promise<string>;
	json(): Promise<unknown>;
}

/** The text of an answer, read in the way that the job wants. */
export async function readBody(body: Body, read: RequestsJob['read']): Promise<string> {
	return read === 'text' ? body.text() : ((await body.json()) as Payload).text;
}
