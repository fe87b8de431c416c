import { setImmediate as nextTurn } from 'node:timers/promises';
import { generatedBytes } from '../files/generated-bytes.ts';
import type { Peer } from './peer.ts';

/**
 * Sends `count` binary messages of `bytes` each, as fast as the peer reads, and closes then. Each begins with its
 * number from 0 on, as four bytes, most significant first, if it is long enough. Compression makes none shorter.
 *
 * @param onSent is told how many bytes the system took, message by message.
 */
export async function flood(peer: Peer, bytes: number, count: number, onSent: (bytes: number) => void): Promise<void> {
	const filling = generatedBytes(1, 0, bytes);
	for (let number = 0; number < count; number += 1) {
		const message = Buffer.from(filling);
		if (bytes >= 4) message.writeUInt32BE(number % 2 ** 32);
		if (!(await peer.send(message))) return;
		onSent(bytes);
		// A fast reader in another process would keep this loop going without a look at the other connections.
		await nextTurn();
	}
	peer.close(1000, 'all sent');
}
