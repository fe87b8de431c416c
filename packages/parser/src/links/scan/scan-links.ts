import { EXCLAMATION_MARK, isLetter, QUESTION_MARK, SLASH, toAsciiLowerCase } from './characters.ts';
import { CommentReader, readBogusComment } from './comment.ts';
import {
	type CellContext,
	ContextStack,
	type ForeignContext,
	type TableContext,
	type TemplateContext,
} from './context.ts';
import { foreignContext, meaningInForeign } from './foreign.ts';
import { LinkCollector, type ScannedLinks } from './link-collector.ts';
import { NextOccurrence } from './next-occurrence.ts';
import { findRawTextEnd, ScriptReader } from './raw-text.ts';
import { closeInTable, isTablePart, openInTable } from './table.ts';
import { Tag, tagNamed } from './tag-name.ts';
import { TagReader } from './tag-reader.ts';

/** In place of a position: what follows needs a parser that builds the tree. */
const GIVE_UP = -1;

/**
 * Reads the links of a page without building its tree, in one pass over the text.
 *
 * The tokenizer is followed to the letter. Of tree construction only what can add, drop or move a link is followed:
 * raw text, tables, `<select>`, templates, SVG and MathML. Where the answer would need the whole tree (markup
 * moved out of a table, framesets, HTML within SVG), there is none.
 *
 * @returns `undefined` when only the full parser knows.
 * @see https://html.spec.whatwg.org/multipage/parsing.html
 */
export function scanLinks(html: string): ScannedLinks | undefined {
	return new LinkScanner(html).scan();
}

class LinkScanner {
	readonly #html: string;
	readonly #reader: TagReader;
	readonly #comments: CommentReader;
	readonly #scripts: ScriptReader;
	readonly #contexts = new ContextStack();
	readonly #links: LinkCollector;

	constructor(html: string) {
		this.#html = html;
		this.#reader = new TagReader(html);
		this.#links = new LinkCollector(html, this.#reader);
		const commentEnd = new NextOccurrence(html, '-->');
		this.#comments = new CommentReader(html, commentEnd);
		this.#scripts = new ScriptReader(html, commentEnd);
	}

	scan(): ScannedLinks | undefined {
		const html = this.#html;
		let position = 0;
		for (;;) {
			const open = html.indexOf('<', position);
			if (open === -1) return this.#links.found;
			const code = html.charCodeAt(open + 1);
			if (isLetter(code)) position = this.#readStartTag(open + 1);
			else if (code === SLASH) position = this.#readEndTag(open + 2);
			else if (code === EXCLAMATION_MARK) position = this.#comments.readDeclaration(open, this.#allowsCdata());
			else if (code === QUESTION_MARK) position = readBogusComment(html, open + 1);
			else position = open + 1;
			if (position === GIVE_UP) return undefined;
		}
	}

	/** Each `read…` takes where the tag's name begins and returns where to go on, or `GIVE_UP`. */
	#readStartTag(start: number): number {
		const reader = this.#reader;
		const tag = tagNamed(this.#html, start, reader.readName(start));
		const end = reader.readAttributes();
		if (end === -1) return this.#html.length;

		const context = this.#contexts.current;
		if (context === undefined) return this.#openInBody(tag, start, end);
		switch (context.kind) {
			case 'foreign':
				return this.#openInForeign(context, tag, start, end);
			case 'select':
				return this.#openInSelect(tag, start, end);
			case 'table':
				return this.#openInTable(tag, start, end);
			case 'cell':
				if (!isTablePart(tag)) return this.#openInBody(tag, start, end);
				if (context.openObject !== '') return GIVE_UP;
				this.#contexts.pop();
				return this.#openInTable(tag, start, end);
			case 'template':
				if (!isTablePart(tag)) return this.#openInBody(tag, start, end);
				return this.#openPartInTemplate(context, tag, start, end);
		}
	}

	/** Start tags in ordinary content. Parts of a table that stand in none are ignored here, as the parser does. */
	#openInBody(tag: Tag, start: number, end: number): number {
		const html = this.#html;
		switch (tag) {
			case Tag.A:
			case Tag.Area:
				if (!this.#contexts.inTemplate) this.#links.addLink();
				return end;
			case Tag.Base:
				if (!this.#contexts.inTemplate) this.#links.addBase();
				return end;
			case Tag.RawText:
			case Tag.Textarea:
				return findRawTextEnd(html, end, this.#name(start));
			case Tag.Script:
				return this.#scripts.findEnd(end);
			case Tag.Plaintext:
				return html.length;
			case Tag.Frameset:
				return GIVE_UP;
			case Tag.Svg:
			case Tag.Math: {
				const name = tag === Tag.Svg ? 'svg' : 'math';
				if (!this.#reader.selfClosing) this.#contexts.push(foreignContext(name, name));
				return end;
			}
			case Tag.Select:
				this.#contexts.push({ kind: 'select' });
				return end;
			case Tag.Table:
				this.#contexts.push({ kind: 'table', section: '' });
				return end;
			case Tag.Template:
				this.#contexts.push({ kind: 'template', openCell: '', openObject: '' });
				return end;
			case Tag.Object:
				return this.#openObject(start, end);
			default:
				return end;
		}
	}

	#openInTable(tag: Tag, start: number, end: number): number {
		const contexts = this.#contexts;
		const table = contexts.table;
		if (table === undefined) return GIVE_UP;
		switch (openInTable(contexts, table, tag, this.#name(start))) {
			case 'structure':
				return end;
			case 'plain':
				return this.#openInBody(tag, start, end);
			case 'moved':
				return GIVE_UP;
		}
	}

	/** An object matters where it can be left open at the end of a cell or template. */
	#openObject(start: number, end: number): number {
		const context = this.#contexts.current;
		if (context?.kind !== 'cell' && context?.kind !== 'template') return end;
		if (context.openObject !== '') return GIVE_UP;
		context.openObject = this.#name(start);
		return end;
	}

	/**
	 * Templates may hold loose rows and cells. A loose column makes the parser drop much of what follows, and with a
	 * table around the template, parse5 takes that table for the one the rows belong to.
	 */
	#openPartInTemplate(template: TemplateContext, tag: Tag, start: number, end: number): number {
		if (tag === Tag.Column || template.openObject !== '' || this.#contexts.hasTable) return GIVE_UP;
		if (tag === Tag.Cell || tag === Tag.Caption) template.openCell = this.#name(start);
		return end;
	}

	/** @see https://html.spec.whatwg.org/multipage/parsing.html#parsing-main-inselect */
	#openInSelect(tag: Tag, start: number, end: number): number {
		switch (tag) {
			case Tag.Select:
				this.#contexts.pop();
				return end;
			case Tag.Input:
			case Tag.Textarea:
				this.#contexts.pop();
				return this.#openInBody(tag, start, end);
			case Tag.Script:
				return this.#scripts.findEnd(end);
			case Tag.Template:
			case Tag.Table:
			case Tag.Frameset:
				return GIVE_UP;
			default:
				// A part of a table closes the select when there is a table around it, and is ignored otherwise.
				return isTablePart(tag) ? GIVE_UP : end;
		}
	}

	#openInForeign(context: ForeignContext, tag: Tag, start: number, end: number): number {
		const reader = this.#reader;
		const meaning = meaningInForeign(this.#html, start, reader.nameEnd);
		if (context.holdsHtml || meaning === 'unclear') return GIVE_UP;
		if (meaning === 'leave') {
			this.#contexts.popForeign();
			return this.#openInBody(tag, start, end);
		}
		if ((tag === Tag.A || tag === Tag.Area) && !this.#contexts.inTemplate) this.#links.addForeignLink();
		if (!reader.selfClosing) this.#contexts.push(foreignContext(this.#name(start), context.language, meaning));
		return end;
	}

	#readEndTag(start: number): number {
		const html = this.#html;
		if (!isLetter(html.charCodeAt(start))) return start < html.length ? readBogusComment(html, start) : start;
		const reader = this.#reader;
		const nameEnd = reader.readName(start);
		const end = reader.readAttributes();
		if (end === -1) return html.length;

		const contexts = this.#contexts;
		const context = contexts.current;
		if (context === undefined) return end;
		if (context.kind === 'foreign') {
			// Another name may close HTML elements around: which, only the full stack of open elements tells.
			return contexts.popForeignNamed(html, start, nameEnd) ? end : GIVE_UP;
		}
		const tag = tagNamed(html, start, nameEnd);
		if (tag === Tag.Other) return end;
		switch (context.kind) {
			case 'select':
				return this.#closeInSelect(tag, end);
			case 'template':
				return this.#closeInTemplate(context, tag, start, end);
			case 'table':
			case 'cell':
				return this.#closeInTable(context, tag, start, end);
		}
	}

	#closeInTable(context: TableContext | CellContext, tag: Tag, start: number, end: number): number {
		const contexts = this.#contexts;
		if (tag === Tag.Template) return contexts.inTemplate ? GIVE_UP : end;
		const name = this.#name(start);
		if (context.kind === 'cell' && context.openObject !== '') {
			if (tag === Tag.Table || isTablePart(tag)) return GIVE_UP;
			if (context.openObject === name) context.openObject = '';
		}
		const table = contexts.table;
		if (table !== undefined) closeInTable(contexts, table, tag, name);
		return end;
	}

	#closeInTemplate(template: TemplateContext, tag: Tag, start: number, end: number): number {
		if (tag === Tag.Template) {
			if (template.openCell !== '' || template.openObject !== '') return GIVE_UP;
			this.#contexts.pop();
			return end;
		}
		const name = this.#name(start);
		if (isTablePart(tag) && template.openObject !== '') return GIVE_UP;
		if (template.openObject === name) template.openObject = '';
		if (template.openCell === name) template.openCell = '';
		return end;
	}

	#closeInSelect(tag: Tag, end: number): number {
		if (tag === Tag.Select) this.#contexts.pop();
		else if (tag === Tag.Template || tag === Tag.Table || isTablePart(tag)) return GIVE_UP;
		return end;
	}

	#allowsCdata(): boolean {
		const context = this.#contexts.current;
		return context?.kind === 'foreign' && !context.holdsHtml;
	}

	/** The name of the tag just read, in lower case. */
	#name(start: number): string {
		return toAsciiLowerCase(this.#html.slice(start, this.#reader.nameEnd));
	}
}
