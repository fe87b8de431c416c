import { ConnectError, type HttpHooks, TimeoutError } from '@orbweaver/http';

/** Says once of each host that does not answer that it is asked again: otherwise nothing is seen for a minute. */
export function outageLines(say: (text: string) => void): HttpHooks {
	const told = new Set<string>();
	return {
		onError: ({ error }) => {
			if (!(error instanceof ConnectError || error instanceof TimeoutError)) return;
			const host = URL.parse(error.url ?? '')?.host;
			if (host === undefined || told.has(host)) return;
			told.add(host);
			say(`${host} does not answer; it is asked again (--retries says how often).`);
		},
	};
}
