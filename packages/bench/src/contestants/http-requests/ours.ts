import { HttpClient } from '@orbweaver/http';
import type { RequestsContestant } from './contract.ts';
import { readBody } from './read-body.ts';

/** Our client as it comes, with its limits at the concurrency: limits, timeouts, retry, decompression are all on. */
const open: RequestsContestant = ({ url, concurrency, read }) => {
	const client = new HttpClient({ limits: { total: concurrency, perHost: concurrency } });
	return {
		ask: async () => readBody(await client.get(url), read),
		close: () => client.close(),
	};
};

export default open;
