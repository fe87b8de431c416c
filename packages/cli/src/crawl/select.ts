import { type CheerioAPI, load } from '@orbweaver/parser';
import { UsageError } from '../usage-error.ts';

/** A column of the rows, and where on a page its value is. */
export interface Selection {
	readonly name: string;
	readonly css: string;
	/** Its text where there is none. */
	readonly attribute?: string;
}

/** Attributes that hold addresses: relative ones are made absolute. */
const ADDRESSES: ReadonlySet<string> = new Set(['href', 'src', 'action', 'poster']);

/**
 * Reads `name=css` or `name=css@attribute`.
 *
 * @throws UsageError for what is neither, and for a selector that cannot be read.
 */
export function parseSelection(text: string): Selection {
	const [, name, rest] = /^\s*([^=\s][^=]*?)\s*=\s*(.+?)\s*$/s.exec(text) ?? [];
	if (name === undefined || rest === undefined) {
		throw new UsageError(`--select must be a name and a CSS selector, such as price='.product .price', got "${text}".`);
	}
	const [, css = rest, attribute] = /^(.+?)@([\w:.-]+)$/s.exec(rest) ?? [];
	try {
		load('')(css);
	} catch (cause) {
		throw new UsageError(`--select ${name}: "${css}" is no CSS selector; it has to be one such as '.product .price'.`, {
			cause,
		});
	}
	return { name, css, ...(attribute !== undefined && { attribute }) };
}

/** The columns of one page; undefined where not one of them is there. */
export function selectRow(
	$: CheerioAPI,
	selections: readonly Selection[],
	pageUrl: string,
): Record<string, string | null> | undefined {
	const entries = selections.map(({ name, css, attribute }) => {
		const element = $(css).first();
		if (element.length === 0) return [name, null] as const;
		if (attribute === undefined) return [name, element.text().replaceAll(/\s+/g, ' ').trim()] as const;
		const value = element.attr(attribute);
		if (value === undefined) return [name, null] as const;
		return [name, ADDRESSES.has(attribute) ? (URL.parse(value, pageUrl)?.href ?? value) : value] as const;
	});
	return entries.every(([, value]) => value === null) ? undefined : Object.fromEntries(entries);
}
