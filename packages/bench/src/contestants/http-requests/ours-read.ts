import { HttpClient } from '@orbweaver/http';
import type { RequestsContestant } from './contract.ts';

/** Our client, asked for the whole answer at once. */
const open: RequestsContestant = ({ url, concurrency }) => {
	const client = new HttpClient({ limits: { total: concurrency, perHost: concurrency } });
	return {
		ask: async () => (await client.read(url)).body.toString('utf8'),
		close: () => client.close(),
	};
};

export default open;
