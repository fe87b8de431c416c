import { once } from 'node:events';
import { EXIT_OK } from '../exit-code.ts';
import type { Action } from '../spec/command-spec.ts';
import { stopSignal } from '../stop-signal.ts';

/** `orbweaver monitor`: it was asked to run until it is stopped, so that stopping it is no failure. */
export const monitor: Action = async ({ options }) => {
	const { startMonitor } = await import('@orbweaver/monitor');
	const port = options.number('port');
	const host = options.text('host');
	const token = options.text('token');
	const stop = stopSignal(
		() => {},
		() => {},
	);
	await using hub = await startMonitor({
		tail: options.list('tail'),
		...(port !== undefined && { port }),
		...(host !== undefined && { host }),
		...(token !== undefined && { token }),
	});
	// The token is not shown: what is on a screen is seen, and a log is kept.
	const how = token === undefined ? '' : '; open it with ?token=… once';
	if (!options.flag('quiet')) process.stderr.write(`The monitor is open at ${hub.url}/${how}. Ctrl-C ends it.\n`);
	if (!stop.aborted) await once(stop, 'abort');
	return EXIT_OK;
};
