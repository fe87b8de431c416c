import { continuesWith } from './characters.ts';

/**
 * Where the scanner stands, as far as it matters to links. Most of a page is in no context at all; `<div>` and `<p>`
 * never open one.
 */
export type Context = TableContext | CellContext | ForeignContext | TemplateContext | { readonly kind: 'select' };

/** In a table but in none of its cells: markup that stands here is moved before the table. */
export interface TableContext {
	readonly kind: 'table';
	/** The open `tbody`, `thead` or `tfoot`, an implied one too; empty for none. */
	section: string;
}

/**
 * In a `td`, `th` or `caption`, always directly above its table.
 *
 * Cells, templates and objects keep the links open around them from being opened again within. One of them that ends
 * while an object in it is open lifts a shield too few, and links come to stand where nobody wrote them.
 */
export interface CellContext {
	readonly kind: 'cell';
	readonly name: string;
	/** The `object`, `applet` or `marquee` open in it; empty for none. */
	openObject: string;
}

/** In a template, whose content is no part of the page: its links do not count. */
export interface TemplateContext {
	readonly kind: 'template';
	/** The last cell opened in it without a table, unless surely closed; empty for none. */
	openCell: string;
	/** As in a cell. */
	openObject: string;
}

/** In an element of SVG or MathML. */
export interface ForeignContext {
	readonly kind: 'foreign';
	readonly name: string;
	readonly language: 'svg' | 'math';
	/** Whether start tags within are HTML again, as in SVG's `<foreignObject>`: an integration point. */
	readonly holdsHtml: boolean;
}

/** The open contexts, innermost last. */
export class ContextStack {
	readonly #open: Context[] = [];
	#templates = 0;
	#tables = 0;
	/** The innermost context. Kept beside the stack, since every tag asks for it. */
	#current: Context | undefined;

	get current(): Context | undefined {
		return this.#current;
	}

	/** The table the scanner stands in, whether in one of its cells or between them. */
	get table(): TableContext | undefined {
		const context = this.#current?.kind === 'cell' ? this.#open.at(-2) : this.#current;
		return context?.kind === 'table' ? context : undefined;
	}

	/** Whether any table is open, be it outside of a template. */
	get hasTable(): boolean {
		return this.#tables > 0;
	}

	/** Whether any template is open. */
	get inTemplate(): boolean {
		return this.#templates > 0;
	}

	push(context: Context): void {
		this.#open.push(context);
		this.#current = context;
		this.#count(context, 1);
	}

	pop(): void {
		const closed = this.#open.pop();
		if (closed !== undefined) this.#count(closed, -1);
		this.#current = this.#open.at(-1);
	}

	/** Closes the innermost context of this kind with all within it. There must be one. */
	popThrough(kind: Context['kind']): void {
		while (this.#current !== undefined && this.#current.kind !== kind) this.pop();
		this.pop();
	}

	/** Leaves SVG or MathML with all that is open of it. */
	popForeign(): void {
		while (this.#current?.kind === 'foreign') this.pop();
	}

	/**
	 * Closes the innermost foreign element whose name the page repeats from `start` to `end`, with all within it.
	 *
	 * @returns `false`, and closes nothing, when there is none before the next HTML context.
	 */
	popForeignNamed(html: string, start: number, end: number): boolean {
		for (let index = this.#open.length - 1; index >= 0; index--) {
			const context = this.#open[index];
			if (context?.kind !== 'foreign') return false;
			if (context.name.length === end - start && continuesWith(html, start, context.name)) {
				this.#open.length = index;
				this.#current = this.#open.at(-1);
				return true;
			}
		}
		return false;
	}

	#count(context: Context, change: 1 | -1): void {
		if (context.kind === 'template') this.#templates += change;
		else if (context.kind === 'table') this.#tables += change;
	}
}
