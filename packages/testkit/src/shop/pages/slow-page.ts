import { layout } from '../layout.ts';
import { slowPath } from '../paths.ts';
import type { Site } from '../site.ts';

/** One of a row of pages that take their time, each linking to the next. */
export function slowPage(site: Site, n: number): string {
	const next = n < site.slowPages ? `<p><a href="${n + 1}">Next story</a></p>` : '<p>That was the last one.</p>';
	return layout(site, {
		title: `From the workshop, part ${n}`,
		path: slowPath(n),
		main: `<p>Good joints need time, and so does this page.</p>\n${next}`,
	});
}
