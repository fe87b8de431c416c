export { setTimeout as pause } from 'node:timers/promises';

/** Looks again and again until `isTrue`, for at most ten seconds. */
export async function until(isTrue: () => boolean): Promise<void> {
	const end = Date.now() + 10_000;
	while (!isTrue()) {
		if (Date.now() > end) throw new Error(`still not so after ten seconds: ${isTrue}`);
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
}
