import { Agent } from 'node:http';
import { axios as peer } from '../../peers/axios.ts';
import { loadPeer } from '../../peers/peer.ts';
import type { RequestsContestant } from './contract.ts';

/** The part of axios that is used here; the peer is not installed when this file is type-checked. */
interface Axios {
	create(options: { httpAgent: Agent; responseType: 'text' }): {
		get(url: string): Promise<{ readonly data: string }>;
	};
}

const axios = loadPeer<Axios>(peer);

/** axios as it comes, on connections that are kept. */
const open: RequestsContestant = ({ url, concurrency }) => {
	const httpAgent = new Agent({ keepAlive: true, maxSockets: concurrency });
	const client = axios.create({ httpAgent, responseType: 'text' });
	return {
		ask: async () => (await client.get(url)).data,
		close: () => httpAgent.destroy(),
	};
};

export default open;
