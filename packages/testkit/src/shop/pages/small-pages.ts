import { layout } from '../layout.ts';
import type { Site } from '../site.ts';
import { nofollowPath } from '../troubles.ts';

/** Where the chain of sale redirects ends. */
export function offersPage(site: Site): string {
	return layout(site, {
		title: 'Offers of today',
		path: '/offers/today',
		main: '<p>Today everything costs what it costs. <a href="../c/kitchen/">Start in the kitchen</a>.</p>',
	});
}

/** The page that only a nofollow link leads to. */
export function pressPage(site: Site): string {
	return layout(site, { title: 'Press', path: nofollowPath, main: '<p>Pictures for print on request.</p>' });
}

/** What a crawler finds where robots.txt told it not to look. It answers, so that the log shows who came. */
export function forbiddenPage(site: Site, path: string): string {
	return layout(site, {
		title: 'Nothing to see',
		path,
		head: '<meta name="robots" content="noindex, nofollow">\n',
		main: '<p>robots.txt asked you not to come here.</p>',
	});
}

export function errorPage(site: Site, path: string, status: number): string {
	return layout(site, {
		title: status === 404 ? 'Page not found' : `Error ${status}`,
		path,
		main: '<p>We cannot show this page. The <a href="/">start page</a> still works.</p>',
	});
}
