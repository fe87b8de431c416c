import { HttpClient } from '@orbweaver/http';
import type { MessagesContestant } from './contract.ts';

// `connect` loads its modules when it is first called, and loading is nobody's work here. This call reaches no network.
await using loader = new HttpClient();
await loader.connect('ws://127.0.0.1/', { signal: AbortSignal.abort() }).catch(() => undefined);

/** Our connection as it comes: heartbeat on, unread messages bounded, no compression. */
const read: MessagesContestant = async ({ url }) => {
	await using client = new HttpClient();
	let messages = 0;
	let bytes = 0;
	for await (const { data } of await client.connect(url)) {
		messages += 1;
		bytes += data.length;
	}
	return { messages, bytes };
};

export default read;
