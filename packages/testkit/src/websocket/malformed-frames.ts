/** Frames that a client must not accept from a server (RFC 6455 sections 5.1 to 5.5 and 8.1). */
export interface MalformedFrames {
	/** The text `hi`, masked, which only clients may do. */
	readonly masked: Uint8Array;
	/** The text `hi` with a reserved bit that no extension has given a meaning. */
	readonly reservedBit: Uint8Array;
	/** An opcode that means nothing. */
	readonly unknownOpcode: Uint8Array;
	/** The head of a binary message of 1 TiB. */
	readonly oversized: Uint8Array;
	/** A length whose highest bit is set, which may not be. */
	readonly invalidLength: Uint8Array;
	/** A text that is no UTF-8. */
	readonly invalidUtf8: Uint8Array;
	/** A ping that says that more of it will come. */
	readonly fragmentedPing: Uint8Array;
	/** The end of a message that never began. */
	readonly loneContinuation: Uint8Array;
}

/** For `sendRaw`. */
export const malformedFrames: MalformedFrames = {
	masked: Uint8Array.of(0x81, 0x82, 0x01, 0x02, 0x03, 0x04, 0x69, 0x6b),
	reservedBit: Uint8Array.of(0xa1, 0x02, 0x68, 0x69),
	unknownOpcode: Uint8Array.of(0x83, 0x02, 0x68, 0x69),
	oversized: Uint8Array.of(0x82, 0x7f, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x00, 0x00),
	invalidLength: Uint8Array.of(0x82, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
	invalidUtf8: Uint8Array.of(0x81, 0x02, 0xc3, 0x28),
	fragmentedPing: Uint8Array.of(0x09, 0x00),
	loneContinuation: Uint8Array.of(0x80, 0x02, 0x68, 0x69),
};
