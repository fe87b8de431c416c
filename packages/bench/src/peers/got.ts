import type { Peer } from './peer.ts';

/** The HTTP client that most of Node's crawlers were built on. */
export const got: Peer = { name: 'got', version: '16.1.0' };
