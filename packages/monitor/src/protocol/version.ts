/**
 * The version of the protocol, said in both hellos. It rises when a message changes its meaning; new optional members and
 * new message types do not raise it, so whoever reads messages passes over what it does not know.
 */
export const PROTOCOL_VERSION = 1;

/** Where watchers connect: `ws://host:port/watch`. */
export const WATCH_PATH = '/watch';

/** Where publishers connect: `ws://host:port/publish`. */
export const PUBLISH_PATH = '/publish';
