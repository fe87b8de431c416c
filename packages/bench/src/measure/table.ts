/** How a column lies. */
export interface Column {
	readonly title: string;
	/** `left` by default; figures read better on the right. */
	readonly align?: 'left' | 'right';
}

/**
 * A table as plain text: a title line, a rule and one line a row, without trailing blanks.
 *
 * @throws {RangeError} if a row has more or fewer cells than there are columns.
 */
export function renderTable(columns: readonly Column[], rows: readonly (readonly string[])[]): string {
	for (const row of rows) {
		if (row.length !== columns.length) {
			throw new RangeError(`a row has ${row.length} cells for ${columns.length} columns: ${row.join(' | ')}`);
		}
	}
	const widths = columns.map(({ title }, index) =>
		Math.max(title.length, ...rows.map((row) => (row[index] as string).length)),
	);
	const line = (cells: readonly string[]): string =>
		cells
			.map((cell, index) => {
				const width = widths[index] as number;
				return columns[index]?.align === 'right' ? cell.padStart(width) : cell.padEnd(width);
			})
			.join('  ')
			.trimEnd();
	const rule = widths.map((width) => '─'.repeat(width));
	return [line(columns.map(({ title }) => title)), line(rule), ...rows.map(line)].join('\n');
}
