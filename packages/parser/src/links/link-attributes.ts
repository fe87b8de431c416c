/**
 * Which attributes of which elements are links, by tag name. `srcset` and `imagesrcset` count each of their URLs, a
 * `<meta>`'s `content` counts when the element is a refresh.
 */
export type LinkAttributes = Readonly<Record<string, readonly string[]>>;

/** What a reader can follow: the default. */
export const ANCHOR_ATTRIBUTES: LinkAttributes = {
	a: ['href'],
	area: ['href'],
};

/** Every attribute of HTML that holds a URL, for archiving a page with all it needs. */
export const ALL_LINK_ATTRIBUTES: LinkAttributes = {
	...ANCHOR_ATTRIBUTES,
	audio: ['src'],
	blockquote: ['cite'],
	body: ['background'],
	button: ['formaction'],
	del: ['cite'],
	embed: ['src'],
	form: ['action'],
	frame: ['src', 'longdesc'],
	iframe: ['src', 'longdesc'],
	image: ['href'],
	img: ['src', 'srcset', 'longdesc'],
	input: ['src', 'formaction'],
	ins: ['cite'],
	link: ['href', 'imagesrcset'],
	meta: ['content'],
	object: ['data'],
	q: ['cite'],
	script: ['src'],
	source: ['src', 'srcset'],
	track: ['src'],
	video: ['src', 'poster'],
};
