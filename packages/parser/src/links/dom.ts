import type { CheerioAPI } from '../load.ts';

/** What this package reads of a node of cheerio's tree. */
interface DomNode {
	readonly type: string;
	readonly data?: string;
	readonly name?: string;
	readonly attribs?: Readonly<Record<string, string>>;
	readonly namespace?: string;
	readonly children?: readonly DomNode[];
}

/** An element and where its text lies. */
export interface DomElement extends DomNode {
	readonly name: string;
	readonly attribs: Readonly<Record<string, string>>;
}

interface DomVisitor {
	enter(element: DomElement): void;
	leave?(element: DomElement): void;
	text?(data: string): void;
}

const HIDDEN: ReadonlySet<string> = new Set(['script', 'style', 'template']);
const HTML_NAMESPACE = 'http://www.w3.org/1999/xhtml';

/**
 * Walks a document in order. The content of templates is left out, since it is no part of the page until a script
 * copies it, and so is the text of scripts and styles, which nobody sees. Uses no recursion, so that no depth of
 * nesting overflows the stack.
 */
export function walk($: CheerioAPI, visitor: DomVisitor): void {
	const path: { node: DomNode; next: number }[] = $.root()
		.toArray()
		.map((node: DomNode) => ({ node, next: 0 }));
	for (let step = path.at(-1); step !== undefined; step = path.at(-1)) {
		const { node } = step;
		const child = node.children?.[step.next++];
		if (child === undefined) {
			path.pop();
			if (isElement(node)) visitor.leave?.(node);
		} else if (child.type === 'text') {
			visitor.text?.(child.data ?? '');
		} else if (isElement(child)) {
			visitor.enter(child);
			if (isHidden(child)) visitor.leave?.(child);
			else path.push({ node: child, next: 0 });
		}
	}
}

/** Whether the element is of HTML; one of SVG may have the same name. Parsers without namespaces see HTML only. */
export function isHtml(element: DomElement): boolean {
	return element.namespace === undefined || element.namespace === HTML_NAMESPACE;
}

function isElement(node: DomNode): node is DomElement {
	return node.attribs !== undefined && node.name !== undefined;
}

function isHidden(element: DomElement): boolean {
	return HIDDEN.has(element.name) && isHtml(element);
}
