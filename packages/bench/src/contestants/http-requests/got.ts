import { Agent } from 'node:http';
import { got as peer } from '../../peers/got.ts';
import { loadPeer } from '../../peers/peer.ts';
import type { RequestsContestant } from './contract.ts';
import { readBody } from './read-body.ts';

/** The part of got that is used here; the peer is not installed when this file is type-checked. */
interface Got {
	readonly default: (
		url: string,
		options: { agent: { http: Agent } },
	) => {
		text(): Promise<string>;
		json(): Promise<unknown>;
	};
}

const { default: got } = loadPeer<Got>(peer);

/** got as it comes, on connections that are kept. */
const open: RequestsContestant = ({ url, concurrency, read }) => {
	const http = new Agent({ keepAlive: true, maxSockets: concurrency });
	return {
		ask: () => readBody(got(url, { agent: { http } }), read),
		close: () => http.destroy(),
	};
};

export default open;
