import { NameTable } from './name-table.ts';

/**
 * The tag names that change what the scanner does next. All others are `Other`: they neither hold links of their
 * own nor change how what follows is read.
 */
export const Tag = {
	Other: 0,
	A: 1,
	Area: 2,
	Base: 3,
	Caption: 4,
	Column: 5,
	Form: 6,
	Frameset: 7,
	Input: 8,
	Math: 9,
	Plaintext: 10,
	RawText: 11,
	Row: 12,
	Script: 13,
	Section: 14,
	Select: 15,
	Svg: 16,
	Table: 17,
	Cell: 18,
	Template: 19,
	Textarea: 20,
	/** Like a cell, shields open formatting from what it holds. */
	Object: 21,
	/** Never holds anything, so it can stand anywhere without consequence. */
	Void: 22,
} as const;

/** One of `Tag`. A plain number, because each place cares for a few tags and treats the rest alike. */
export type Tag = number;

const tags = new NameTable<Tag>({
	a: Tag.A,
	applet: Tag.Object,
	area: Tag.Area,
	base: Tag.Base,
	basefont: Tag.Void,
	bgsound: Tag.Void,
	body: Tag.Void,
	br: Tag.Void,
	caption: Tag.Caption,
	col: Tag.Column,
	colgroup: Tag.Column,
	embed: Tag.Void,
	form: Tag.Form,
	frame: Tag.Void,
	frameset: Tag.Frameset,
	head: Tag.Void,
	hr: Tag.Void,
	html: Tag.Void,
	iframe: Tag.RawText,
	image: Tag.Void,
	img: Tag.Void,
	input: Tag.Input,
	keygen: Tag.Input,
	link: Tag.Void,
	marquee: Tag.Object,
	math: Tag.Math,
	meta: Tag.Void,
	noembed: Tag.RawText,
	noframes: Tag.RawText,
	object: Tag.Object,
	param: Tag.Void,
	plaintext: Tag.Plaintext,
	script: Tag.Script,
	select: Tag.Select,
	source: Tag.Void,
	style: Tag.RawText,
	svg: Tag.Svg,
	table: Tag.Table,
	tbody: Tag.Section,
	td: Tag.Cell,
	template: Tag.Template,
	textarea: Tag.Textarea,
	tfoot: Tag.Section,
	th: Tag.Cell,
	thead: Tag.Section,
	title: Tag.RawText,
	tr: Tag.Row,
	track: Tag.Void,
	wbr: Tag.Void,
	xmp: Tag.RawText,
});

/** The tag whose name spans from `start`, which holds a letter, to `end`. */
export function tagNamed(html: string, start: number, end: number): Tag {
	return tags.find(html, start, end) ?? Tag.Other;
}
