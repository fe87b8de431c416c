import { Parser } from 'htmlparser2';

/** The `href` of every `<a>` as it stands in the page, by a SAX pass: the fastest honest parse there is in Node. */
export function anchorHrefs(html: string): string[] {
	const hrefs: string[] = [];
	const parser = new Parser({
		onopentag(name, attributes) {
			if (name === 'a' && attributes.href !== undefined) hrefs.push(attributes.href);
		},
	});
	parser.end(html);
	return hrefs;
}
