type Report = () => void;

const reports = new WeakMap<Error, Report>();
let watchers = 0;

/**
 * Calls `report` when a promise is rejected with `error`, soon, and nobody handles that. By Node's default it would end the
 * process, and with it a crawl of days for one forgotten `await`. Other rejections end as they would without this.
 */
export function reportUnheard(error: Error, report: Report): void {
	reports.set(error, report);
	if (watchers === 0) process.on('unhandledRejection', onUnhandled);
	watchers++;
	// Node tells of it once the promises of this turn are done, before the next one.
	setImmediate(() => {
		watchers--;
		if (watchers === 0) process.off('unhandledRejection', onUnhandled);
	});
}

function onUnhandled(reason: unknown): void {
	const report = reports.get(reason as Error);
	if (report !== undefined) report();
	// Where somebody else listens, it is theirs; where nobody does, it ends the process.
	else if (process.listenerCount('unhandledRejection') === 1) throw reason;
}
