import type { DomElement } from './dom.ts';

interface Span {
	readonly start: number;
	end: number;
}

/**
 * Collects the text of elements that may be nested, in one pass: each is a span of the text of the page, so a
 * thousand nested elements do not copy it a thousand times.
 */
export class TextCollector {
	readonly #spans = new Map<DomElement, Span>();
	/** How many marked elements are open. Text outside them is not needed. */
	#open = 0;
	#text = '';
	#endsInSpace = true;

	begin(element: DomElement): void {
		this.#spans.set(element, { start: this.#text.length, end: -1 });
		this.#open++;
	}

	end(element: DomElement): void {
		const span = this.#spans.get(element);
		if (span === undefined) return;
		span.end = this.#text.length;
		this.#open--;
	}

	add(data: string): void {
		if (this.#open === 0) return;
		const collapsed = data.replace(/[\t\n\f\r ]+/g, ' ');
		const more = this.#endsInSpace && collapsed.startsWith(' ') ? collapsed.slice(1) : collapsed;
		if (more === '') return;
		this.#text += more;
		this.#endsInSpace = more.endsWith(' ');
	}

	/** The text of an element with white space collapsed. */
	of(element: DomElement): string {
		const span = this.#spans.get(element);
		return span === undefined ? '' : this.#text.slice(span.start, span.end).trim();
	}
}
