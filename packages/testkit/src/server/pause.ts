import type { ServerResponse } from 'node:http';

/** Waits `ms` milliseconds, or less if the response's connection closes, so that no timer outlives its server. */
export function pause(ms: number, response: ServerResponse): Promise<void> {
	return new Promise((resolve) => {
		const timer = setTimeout(done, ms);
		response.once('close', done);
		function done(): void {
			clearTimeout(timer);
			response.off('close', done);
			resolve();
		}
	});
}
