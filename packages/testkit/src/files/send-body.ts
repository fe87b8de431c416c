import type { ServerResponse } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { pause } from '../server/pause.ts';
import { lengthOf, type Piece } from './partial-answer.ts';
import type { Representation } from './representation.ts';
import type { SendingPlan } from './sending-plan.ts';

/**
 * Sends the body of a response whose head is set, one step after the other as fast as the client reads.
 *
 * @param onSent is told how many bytes were handed to the system, step by step.
 */
export async function sendBody(
	response: ServerResponse,
	representation: Representation,
	pieces: readonly Piece[],
	plan: SendingPlan,
	onSent: (bytes: number) => void,
): Promise<void> {
	response.flushHeaders();
	for (const step of stepsOf(representation, pieces, plan)) {
		if (!(await handOver(response, step))) return;
		onSent(step.byteLength);
		// A fast reader in another process would keep this loop going without a look at the other connections.
		await nextTurn();
		if (plan.stepMs > 0) await pause(plan.stepMs, response);
	}
	if (plan.ending === 'end') response.end();
	if (plan.ending === 'cut') {
		const { socket } = response;
		// Ended before it is destroyed, so that what was sent until here arrives.
		socket?.end(() => socket.destroy());
	}
}

function* stepsOf(
	representation: Representation,
	pieces: readonly Piece[],
	{ bytes, stepBytes }: SendingPlan,
): Generator<Uint8Array> {
	let left = bytes;
	for (const piece of pieces) {
		const length = Math.min(left, lengthOf(piece));
		for (let offset = 0; offset < length; offset += stepBytes) {
			const count = Math.min(stepBytes, length - offset);
			yield 'start' in piece
				? representation.bytes(piece.start + offset, count)
				: piece.subarray(offset, offset + count);
		}
		left -= length;
	}
}

/** Writes and waits until the system took it all; false if the connection closed before. */
function handOver(response: ServerResponse, bytes: Uint8Array): Promise<boolean> {
	if (response.destroyed) return Promise.resolve(false);
	return new Promise((resolve) => {
		const onClose = (): void => resolve(false);
		response.once('close', onClose);
		response.write(bytes, (error) => {
			response.off('close', onClose);
			resolve(error === undefined || error === null);
		});
	});
}
