import { HttpClient } from '@orbweaver/http';
import type { MessagesContestant } from './contract.ts';

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
