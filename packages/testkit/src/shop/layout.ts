import { escapeHtml } from '../text/escape.ts';
import { listingPath } from './paths.ts';
import type { Site } from './site.ts';
import { style } from './style.ts';
import { brokenPaths, nofollowPath, redirectPaths } from './troubles.ts';

/** The parts in which pages differ. */
export interface PageParts {
	readonly title: string;
	/** The page's own canonical path. */
	readonly path: string;
	/** Inner HTML of `<main>`. */
	readonly main: string;
	/** Further elements of `<head>`. */
	readonly head?: string;
	/** The trail above the heading: text and path, the page itself last. */
	readonly crumbs?: readonly { readonly text: string; readonly path: string }[];
	/** `utf-8` by default. */
	readonly charset?: string;
	readonly language?: string;
}

/** A whole page of the shop: head, navigation, content, the odd links that `troubles.ts` puts on it, and footer. */
export function layout(site: Site, parts: PageParts): string {
	const { title, path, main, head = '', crumbs = [], charset = 'utf-8', language = 'en' } = parts;
	return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="${charset}">
<title>${escapeHtml(title)} | Weaver's Goods</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="canonical" href="${escapeHtml(site.origin + path)}">
<link rel="icon" href="data:,">
${head}<style>
${style}
</style>
</head>
<body>
${header(site)}
<main>
${trail(crumbs)}<h1>${escapeHtml(title)}</h1>
${main}
${seeAlso(site, path)}</main>
${footer}
</body>
</html>
`;
}

function header({ catalog }: Site): string {
	const items = catalog.categories.map((c) => `<li><a href="${listingPath(c)}">${escapeHtml(c.name)}</a></li>`);
	return `<header id="top">
<a class="brand" href="/">Weaver&rsquo;s Goods</a>
<nav><ul>
${items.join('\n')}
</ul></nav>
<a href="/cart">Cart</a>
</header>`;
}

function trail(crumbs: NonNullable<PageParts['crumbs']>): string {
	if (crumbs.length === 0) return '';
	const links = crumbs.map(({ text, path }, i) =>
		i === crumbs.length - 1
			? `<span aria-current="page">${escapeHtml(text)}</span>`
			: `<a href="${path}">${escapeHtml(text)}</a>`,
	);
	return `<p class="crumbs">${links.join(' &rsaquo; ')}</p>\n`;
}

function seeAlso(site: Site, path: string): string {
	const links = [...brokenPaths, ...redirectPaths(site)].filter(({ foundOn }) => foundOn === path);
	if (links.length === 0) return '';
	const items = links.map((link) => `<li><a href="${escapeHtml(link.path)}">${escapeHtml(link.text)}</a></li>`);
	return `<aside><h2>See also</h2>\n<ul>\n${items.join('\n')}\n</ul></aside>\n`;
}

const footer = `<footer>
<ul>
<li><a href="/about">About us</a></li>
<li><a href="/contact#form">Contact</a></li>
<li><a href="/help/">Help</a></li>
<li><a href="/slow/1">From the workshop</a></li>
<li><a href="${nofollowPath}" rel="nofollow">Press</a></li>
<li><a href="/admin/login">Staff</a></li>
<li><a href="#top">Back to top</a></li>
</ul>
<p>A shop that exists only for tests: nothing here can be bought. <a href="/admin/trap" hidden>Do not follow</a></p>
</footer>`;
