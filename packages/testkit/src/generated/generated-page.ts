import { Random } from '../random.ts';
import { fillerBlock, inlineCss, inlineJson, linkBlock } from './blocks.ts';
import { bodyHrefs, sharedPaths } from './links.ts';
import type { GeneratedSite, GeneratedSiteOptions } from './options.ts';
import { completeOptions } from './options.ts';
import { drawShape } from './profile.ts';
import { phrase, sentence } from './sentences.ts';
import { pagePath } from './urls.ts';

/**
 * The HTML of page `i`, the same for the same options. It holds `<a href>` links to pages of the site, which all exist,
 * and to `http://external.invalid`; what looks like a link in comments, scripts and JSON leads to `/never/`.
 *
 * @throws {RangeError} if the site has no page `i`.
 */
export function generatedPage(i: number, options: GeneratedSiteOptions): string {
	const site = completeOptions(options);
	if (!Number.isInteger(i) || i < 0 || i >= site.pages) {
		throw new RangeError(`the site has pages 0 to ${site.pages - 1}, got ${i}`);
	}
	return renderPage(site, i).html;
}

/** `generatedPage` for complete options and a page that exists, with the number of its links. */
export function renderPage(site: GeneratedSite, i: number): { readonly html: string; readonly links: number } {
	const random = new Random(site.seed, i);
	const shape = drawShape(site.profile, random);
	const { nav, foot } = sharedPaths(site);
	const top = head(site, i, shape.bytes, random) + sharedLinks('nav', nav);
	const bottom = `</div></main>\n${sharedLinks('footer', foot)}</body>\n</html>\n`;
	const hrefs = bodyHrefs(site, i, shape.links - nav.length - foot.length, random);
	const html = top + body(hrefs, shape.bytes - top.length - bottom.length, random) + bottom;
	return { html, links: nav.length + foot.length + hrefs.length };
}

/** Spreads the links over the room there is and fills what lies between. */
function body(hrefs: readonly string[], room: number, random: Random): string {
	const opening = `<main><div class="content" role="main">\n<h1>${phrase(random)}</h1>\n`;
	let text = opening;
	hrefs.forEach((href, k) => {
		const share = (room - text.length) / (hrefs.length - k);
		const until = text.length + share;
		if (k % 12 === 11) text += `</div><div class="row row-${k}"><!-- row -->\n`;
		text += linkBlock(href, share, random);
		while (text.length + 300 < until) text += fillerBlock(random);
	});
	while (text.length + 150 < room) text += fillerBlock(random);
	return text;
}

function head({ origin }: GeneratedSite, i: number, bytes: number, random: Random): string {
	// Small pages carry hardly any inline code, large ones a third of their weight.
	const inline = Math.max(0, bytes - 8000) / 3;
	const title = phrase(random);
	return `<!DOCTYPE html>
<html lang="en" class="no-js">
<head>
<meta charset="utf-8">
<title>${title} - page ${i}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${sentence(random)}">
<meta property="og:title" content="${title}">
<link rel="canonical" href="${origin}${pagePath(i)}">
<link rel="stylesheet" href="/assets/site.css?v=${random.int(1, 9)}">
<script src="/assets/site.js" defer></script>
<style>
body{margin:0;font-family:sans-serif}
${inlineCss(inline / 3, random)}</style>
<script type="application/json" id="state">${inlineJson((inline * 2) / 3, random)}</script>
</head>
<body class="page page-${i}">
`;
}

function sharedLinks(element: 'nav' | 'footer', paths: readonly string[]): string {
	const items = paths.map(
		(path, k) => `<li><a href="${path}">${k === 0 && element === 'nav' ? 'Home' : `Topic ${k}`}</a></li>`,
	);
	return `<${element}><ul>\n${items.join('\n')}\n</ul></${element}>\n`;
}
