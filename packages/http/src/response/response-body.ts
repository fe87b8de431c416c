/** How much of a body may be held in memory. */
export interface CollectLimit {
	/** On the wire and decoded. */
	readonly maxBytes: number;
	/** What becomes of a longer body: an error, or its first `maxBytes` bytes. */
	readonly overflow: 'error' | 'truncate';
}

/** A whole body, or as much of it as was asked for. */
export interface CollectedBody {
	readonly bytes: Buffer;
	/** The body goes on after `bytes`. */
	readonly truncated: boolean;
}

/**
 * A decoded body that may still be arriving. It has one reader: one call of `collect`, one iteration, or `discard`;
 * whoever comes second is refused with an InvalidRequestError. It holds its connection until it is read to its end,
 * discarded, or left unread for too long.
 */
export interface ResponseBody extends AsyncIterable<Buffer> {
	/** Bytes that arrived so far, before decoding. */
	readonly wireBytes: number;
	/** The whole body in one piece. */
	collect(limit: CollectLimit): Promise<CollectedBody>;
	/** Nobody wants it: a small rest is read away to keep the connection, a large one costs the connection. */
	discard(): void;
}
