import type { Peer } from './peer.ts';

/** The HTTP client that most programs for Node and browsers use. */
export const axios: Peer = { name: 'axios', version: '1.21.1' };
