import { constants, crc32, deflateRawSync } from 'node:zlib';

const blockBytes = 1024 * 1024;

/**
 * A gzip file (RFC 1952) of about a thousandth of its content: `megabytes` MB of HTML. It is one member, put together
 * from one compressed block repeated, so that making it costs the server next to nothing.
 */
export function gzipBomb(megabytes: number): Buffer {
	const block = Buffer.from('<p>0</p>'.repeat(blockBytes / 8));
	// A full flush ends on a byte and forgets the window, which makes the piece repeatable (RFC 1951 section 3.2.4).
	const piece = deflateRawSync(block, { level: 9, finishFlush: constants.Z_FULL_FLUSH });
	let checksum = 0;
	for (let i = 0; i < megabytes; i += 1) checksum = crc32(block, checksum);
	const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);
	const lastBlock = Buffer.from([0x03, 0x00]);
	const trailer = Buffer.alloc(8);
	trailer.writeUInt32LE(checksum, 0);
	trailer.writeUInt32LE((megabytes * blockBytes) % 2 ** 32, 4);
	return Buffer.concat([header, ...new Array<Buffer>(megabytes).fill(piece), lastBlock, trailer]);
}
