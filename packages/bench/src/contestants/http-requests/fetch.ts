import type { RequestsContestant } from './contract.ts';
import { readBody } from './read-body.ts';

/** Node's own fetch. */
const open: RequestsContestant = ({ url, read }) => ({
	ask: async () => readBody(await fetch(url), read),
	close: () => {},
});

export default open;
