/** The legacy encodings that sample pages use, by their WHATWG name. */
export type LegacyCharset = 'windows-1252' | 'shift_jis';

/**
 * Encodes text, which Node itself does for UTF only. The table is the platform's own decoder turned round, so what
 * is encoded here decodes to the same text in every browser.
 *
 * @throws {RangeError} naming the first character that the encoding does not have.
 */
export function encodeText(text: string, charset: LegacyCharset): Buffer {
	const table = encodingTable(charset);
	const bytes: number[] = [];
	for (const character of text) {
		const sequence = table.get(character);
		if (sequence === undefined) throw new RangeError(`${JSON.stringify(character)} does not exist in ${charset}`);
		bytes.push(...sequence);
	}
	return Buffer.from(bytes);
}

function encodingTable(charset: LegacyCharset): Map<string, readonly number[]> {
	const decoder = new TextDecoder(charset);
	const table = new Map<string, readonly number[]>();
	const add = (...sequence: number[]): void => {
		const decoded = decoder.decode(Uint8Array.from(sequence));
		if ([...decoded].length === 1 && decoded !== '\ufffd' && !table.has(decoded)) table.set(decoded, sequence);
	};
	for (let byte = 0; byte <= 0xff; byte += 1) add(byte);
	if (charset === 'shift_jis') {
		for (let lead = 0x81; lead <= 0xfc; lead += 1) {
			if (lead >= 0xa0 && lead < 0xe0) continue; // single-byte katakana
			for (let trail = 0x40; trail <= 0xfc; trail += 1) add(lead, trail);
		}
	}
	return table;
}
