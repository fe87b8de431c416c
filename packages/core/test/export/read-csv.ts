/**
 * Reads CSV by the letter of RFC 4180, and refuses everything else: a quote within an unquoted cell, a line that does not
 * end in CR LF, a cell that does not end. Answers for each cell its text, or null for one that is empty and not quoted.
 */
export function readCsv(text: string): (string | null)[][] {
	const records: (string | null)[][] = [];
	let position = 0;
	while (position < text.length) {
		const record: (string | null)[] = [];
		for (;;) {
			const cell = text[position] === '"' ? quoted(text, position) : plain(text, position);
			record.push(cell.value);
			position = cell.end;
			if (text[position] !== ',') break;
			position += 1;
		}
		if (text.slice(position, position + 2) !== '\r\n')
			throw new Error(`no CR LF at ${position} of ${JSON.stringify(text)}`);
		position += 2;
		records.push(record);
	}
	return records;
}

interface Cell {
	readonly value: string | null;
	readonly end: number;
}

function quoted(text: string, start: number): Cell {
	let value = '';
	let position = start + 1;
	for (;;) {
		const quote = text.indexOf('"', position);
		if (quote === -1) throw new Error(`a cell without an end at ${start}`);
		value += text.slice(position, quote);
		if (text[quote + 1] !== '"') return { value, end: quote + 1 };
		value += '"';
		position = quote + 2;
	}
}

function plain(text: string, start: number): Cell {
	const [value = ''] = /^[^,"\r\n]*/.exec(text.slice(start)) ?? [];
	return { value: value === '' ? null : value, end: start + value.length };
}
