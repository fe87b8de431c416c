const NEWLINE = 0x0a;

/** The rest of a longer line is dropped: this many bytes hold more characters than an entry may have. */
const MOST_LINE_BYTES = 64 * 1024;

/**
 * Cuts bytes into lines of UTF-8 text. A line is decoded when it is whole, so a character that arrives in two pieces stays
 * one; bytes that are no UTF-8 become U+FFFD. Empty lines are left out, `\r\n` ends a line like `\n`.
 */
export class LineSplitter {
	#pieces: Buffer[] = [];
	#bytes = 0;

	/** @param chunk may be reused afterwards. */
	push(chunk: Buffer): string[] {
		const lines: string[] = [];
		let start = 0;
		for (let end = chunk.indexOf(NEWLINE); end !== -1; end = chunk.indexOf(NEWLINE, start)) {
			this.#keep(chunk.subarray(start, end));
			const line = textOf(this.#take());
			if (line !== '') lines.push(line);
			start = end + 1;
		}
		this.#keep(chunk.subarray(start));
		return lines;
	}

	/** The unfinished line, up to its last whole character; the rest of that character is waited for. Undefined if empty. */
	flush(): string | undefined {
		const bytes = this.#take();
		const whole = wholeCharacters(bytes);
		this.#keep(bytes.subarray(whole));
		const line = textOf(bytes.subarray(0, whole));
		return line === '' ? undefined : line;
	}

	#keep(piece: Buffer): void {
		const most = MOST_LINE_BYTES - this.#bytes;
		const kept = (this.#bytes === 0 ? withoutNulls(piece) : piece).subarray(0, most);
		if (kept.length === 0) return;
		this.#pieces.push(Buffer.from(kept));
		this.#bytes += kept.length;
	}

	#take(): Buffer {
		const [first, ...more] = this.#pieces;
		const whole = first === undefined ? Buffer.alloc(0) : more.length === 0 ? first : Buffer.concat(this.#pieces);
		this.#pieces = [];
		this.#bytes = 0;
		return whole;
	}
}

/** A file that was truncated under a writer that goes on at its old place begins with a hole, which reads as NULs. */
function withoutNulls(piece: Buffer): Buffer {
	let start = 0;
	while (piece[start] === 0) start += 1;
	return piece.subarray(start);
}

function textOf(line: Buffer): string {
	const end = line[line.length - 1] === 0x0d ? line.length - 1 : line.length;
	return line.toString('utf8', 0, end).replace(/^\ufeff/, '');
}

/** How many bytes there are before an unfinished character at the end (RFC 3629 §3). */
function wholeCharacters(bytes: Buffer): number {
	for (let back = 1; back <= Math.min(3, bytes.length); back++) {
		const byte = bytes[bytes.length - back] ?? 0;
		if (byte < 0x80) break;
		if (byte < 0xc0) continue; // in the middle of a character
		const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
		return back < length ? bytes.length - back : bytes.length;
	}
	return bytes.length;
}
