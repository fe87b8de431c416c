/** One frame as a server sends it (RFC 6455 §5.2): `first` is the byte with opcode and flags, the length takes its shortest form. */
export function frame(first: number, payload: string | Uint8Array): Buffer {
	const data = Buffer.from(payload);
	const { length } = data;
	if (length <= 125) return Buffer.concat([Buffer.of(first, length), data]);
	const head = Buffer.alloc(length <= 0xffff ? 4 : 10);
	head[0] = first;
	if (length <= 0xffff) {
		head[1] = 126;
		head.writeUInt16BE(length, 2);
	} else {
		head[1] = 127;
		head.writeBigUInt64BE(BigInt(length), 2);
	}
	return Buffer.concat([head, data]);
}

/** The bytes in pieces that end at these places. */
export function cutAt(bytes: Buffer, places: readonly number[]): Buffer[] {
	const ends = [...new Set([...places, bytes.length])].filter((end) => end > 0 && end <= bytes.length);
	const inOrder = ends.toSorted((a, b) => a - b);
	return inOrder.map((end, index) => bytes.subarray(inOrder[index - 1] ?? 0, end));
}
