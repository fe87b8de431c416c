import type { ContextStack, TableContext } from './context.ts';
import { Tag } from './tag-name.ts';

/** What a start tag directly in a table means for the scanner. */
export type InTable =
	/** Taken as part of the table. */
	| 'structure'
	/** Read as anywhere else, since nothing of it can be moved before the table. */
	| 'plain'
	/** Moved before the table, with all that follows in it: only the full parser knows the order. */
	| 'moved';

/** Whether the tag is part of a table's structure below the table itself. */
export function isTablePart(tag: Tag): boolean {
	return tag === Tag.Cell || tag === Tag.Row || tag === Tag.Section || tag === Tag.Caption || tag === Tag.Column;
}

/**
 * Takes a start tag that stands in a table but in none of its cells.
 *
 * @param name The tag's name in lower case.
 * @see https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-intable
 */
export function openInTable(contexts: ContextStack, table: TableContext, tag: Tag, name: string): InTable {
	switch (tag) {
		case Tag.Cell:
			table.section ||= 'tbody';
			contexts.push({ kind: 'cell', name, openObject: '' });
			return 'structure';
		case Tag.Caption:
			table.section = '';
			contexts.push({ kind: 'cell', name, openObject: '' });
			return 'structure';
		case Tag.Row:
			table.section ||= 'tbody';
			return 'structure';
		case Tag.Section:
			table.section = name;
			return 'structure';
		case Tag.Column:
			table.section = '';
			return 'structure';
		case Tag.Table:
			contexts.pop();
			return 'plain';
		case Tag.Form:
		case Tag.Input:
		case Tag.Plaintext:
		case Tag.RawText:
		case Tag.Script:
		case Tag.Select:
		case Tag.Template:
		case Tag.Textarea:
		case Tag.Void:
			return 'plain';
		default:
			return 'moved';
	}
}

/**
 * Takes an end tag that stands in a table or in one of its cells.
 *
 * @param name The tag's name in lower case.
 */
export function closeInTable(contexts: ContextStack, table: TableContext, tag: Tag, name: string): void {
	const cell = contexts.current?.kind === 'cell' ? contexts.current : undefined;
	switch (tag) {
		case Tag.Table:
			contexts.popThrough('table');
			break;
		case Tag.Cell:
		case Tag.Caption:
			if (cell?.name === name) contexts.pop();
			break;
		case Tag.Row:
			if (cell !== undefined && cell.name !== 'caption') contexts.pop();
			break;
		case Tag.Section:
			if (table.section !== name || cell?.name === 'caption') break;
			if (cell !== undefined) contexts.pop();
			table.section = '';
			break;
	}
}
