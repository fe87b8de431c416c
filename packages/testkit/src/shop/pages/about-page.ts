import { layout } from '../layout.ts';
import type { Site } from '../site.ts';

/** A plain page of text, with the old addresses people still link to below it. */
export function aboutPage(site: Site): string {
	return layout(site, {
		title: 'About us',
		path: '/about',
		main: `<p>We have sold useful things since <time datetime="1987-04-01">spring 1987</time>, first from a barn, then by
post, and since 1999 from this site. The makers visit us; we <a href="contact">answer</a> every letter.</p>
<p>Some of our older pages have moved, and a few have gone.</p>`,
	});
}
