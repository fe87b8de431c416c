/** The legacy encodings that sample pages use, by their WHATWG name. */
export type LegacyCharset = 'windows-1252' | 'shift_jis';

type EncodingTable = ReadonlyMap<string, readonly number[]>;

/** Each takes some ten thousand decodings to make. */
const tables = new Map<string, EncodingTable>();

/**
 * Encodes text, which Node itself does for UTF only. The table is the platform's own decoder turned round, so what
 * is encoded here decodes to the same text in every browser.
 *
 * @param charset any label of an encoding of one or two bytes a character (WHATWG Encoding Standard).
 * @throws {RangeError} naming the first character that the encoding does not have, or an encoding that does not exist.
 */
export function encodeText(text: string, charset: string): Buffer {
	const table = encodingTable(charset);
	const bytes: number[] = [];
	for (const character of text) {
		const sequence = table.get(character);
		if (sequence === undefined) throw new RangeError(`${JSON.stringify(character)} does not exist in ${charset}`);
		bytes.push(...sequence);
	}
	return Buffer.from(bytes);
}

function encodingTable(charset: string): EncodingTable {
	const known = tables.get(charset);
	if (known !== undefined) return known;
	const decoder = new TextDecoder(charset);
	const table = new Map<string, readonly number[]>();
	/** Whether the bytes are a character. */
	const add = (...sequence: number[]): boolean => {
		const decoded = decoder.decode(Uint8Array.from(sequence));
		if ([...decoded].length !== 1 || decoded === '\ufffd') return false;
		if (!table.has(decoded)) table.set(decoded, sequence);
		return true;
	};
	const leads: number[] = [];
	for (let byte = 0; byte <= 0xff; byte += 1) if (!add(byte)) leads.push(byte);
	for (const lead of leads) for (let trail = 0x40; trail <= 0xfe; trail += 1) add(lead, trail);
	tables.set(charset, table);
	return table;
}
