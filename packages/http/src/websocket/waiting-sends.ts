import { startTimer } from './milliseconds.ts';

/** What can be sent. */
export type WebSocketData = string | Uint8Array | ArrayBuffer;

interface WaitingSend {
	readonly data: WebSocketData;
	readonly timer: NodeJS.Timeout | undefined;
	readonly resolve: () => void;
	readonly reject: (error: Error) => void;
}

/** Messages for which there is no open socket at the moment, in their order. */
export class WaitingSends {
	readonly #waiting = new Set<WaitingSend>();

	/** Resolves when the message was sent after all; rejects with `late()` after `timeoutMs`. */
	add(data: WebSocketData, timeoutMs: number, late: () => Error): Promise<void> {
		return new Promise((resolve, reject) => {
			const expire = (): void => {
				this.#waiting.delete(waiting);
				reject(late());
			};
			const waiting: WaitingSend = { data, timer: startTimer(timeoutMs, expire), resolve, reject };
			this.#waiting.add(waiting);
		});
	}

	/** Hands all of them to `send`, one after another without a pause, so that nothing gets between them. */
	flush(send: (data: WebSocketData) => Promise<void>): void {
		for (const { data, resolve, reject } of this.#takeAll()) send(data).then(resolve, reject);
	}

	fail(error: Error): void {
		for (const { reject } of this.#takeAll()) reject(error);
	}

	#takeAll(): WaitingSend[] {
		const all = [...this.#waiting];
		this.#waiting.clear();
		for (const { timer } of all) clearTimeout(timer);
		return all;
	}
}
