import { WebSocket } from 'ws';
import type { MessagesContestant } from './contract.ts';

/** The library that ours is built on, with its events: nothing is bounded, and a peer that is gone is not noticed. */
const read: MessagesContestant = ({ url }) =>
	new Promise((resolve, reject) => {
		const socket = new WebSocket(url, { perMessageDeflate: false });
		let messages = 0;
		let bytes = 0;
		socket.on('message', (data: Buffer) => {
			messages += 1;
			bytes += data.length;
		});
		socket.once('close', () => resolve({ messages, bytes }));
		socket.once('error', reject);
	});

export default read;
