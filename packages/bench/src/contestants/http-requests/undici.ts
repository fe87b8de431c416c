import { Pool } from 'undici';
import type { RequestsContestant } from './contract.ts';
import { readBody } from './read-body.ts';

/** The bare request path that ours is built on: no limit but the connections, no redirects, retries or decompression. */
const open: RequestsContestant = ({ url, concurrency, read }) => {
	const { origin, pathname } = new URL(url);
	const pool = new Pool(origin, { connections: concurrency });
	return {
		ask: async () => readBody((await pool.request({ method: 'GET', path: pathname })).body, read),
		close: () => pool.close(),
	};
};

export default open;
