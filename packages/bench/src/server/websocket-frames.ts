/**
 * A binary message in one frame, as a server sends it: unmasked (RFC 6455 §5.2).
 *
 * @throws {RangeError} for more than 65,535 bytes, whose length would need another form.
 */
export function binaryFrame(message: Uint8Array): Buffer {
	const { length } = message;
	if (length > 0xffff) throw new RangeError(`a frame of the bench holds up to 65535 bytes, got ${length}`);
	const finalAndBinary = 0x82;
	const head = length < 126 ? [finalAndBinary, length] : [finalAndBinary, 126, length >> 8, length & 0xff];
	return Buffer.concat([Buffer.from(head), message]);
}

/**
 * The same frame again and again, in pieces of about 64 KiB that hold whole frames: what a server has to write, with
 * next to no work for itself.
 */
export function* floodOf(frame: Buffer, count: number): Generator<{ readonly bytes: Buffer; readonly frames: number }> {
	const most = Math.max(1, Math.floor(65_536 / frame.length));
	const full = Buffer.concat(Array.from({ length: most }, () => frame));
	for (let left = count; left > 0; left -= most) {
		const frames = Math.min(most, left);
		yield { bytes: full.subarray(0, frames * frame.length), frames };
	}
}
