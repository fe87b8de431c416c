/** The text in lines of so many columns at most, broken between words; a longer word begins a line, and goes on in the next line. */
export function wrapText(text: string, columns: number): string[] {
	return text.split('\n').flatMap((line) => wrapLine(line, Math.max(1, columns)));
}

function wrapLine(text: string, columns: number): string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (longer.length <= columns) {
			line = longer;
			continue;
		}
		if (line !== '') lines.push(line);
		line = word;
		while (line.length > columns) {
			lines.push(line.slice(0, columns));
			line = line.slice(columns);
		}
	}
	return [...lines, line];
}
