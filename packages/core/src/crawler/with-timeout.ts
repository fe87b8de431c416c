/** Crawlee's users know this name from its own timeouts. */
export class TimeoutError extends Error {
	override readonly name = 'TimeoutError';
}

/**
 * Runs `work`, and rejects when it takes longer than `timeoutMs`. The work itself cannot be stopped; its result is
 * ignored then.
 *
 * @throws TimeoutError with the given message.
 */
export async function withTimeout<T>(work: () => Promise<T>, timeoutMs: number, message: () => string): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const timeout = new Promise<never>((_, reject) => {
		// A crawl that was abandoned shall not keep its process waiting for a handler that hangs.
		timer = setTimeout(() => reject(new TimeoutError(message())), timeoutMs).unref();
	});
	try {
		return await Promise.race([work(), timeout]);
	} finally {
		clearTimeout(timer);
	}
}
