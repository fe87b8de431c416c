import { layout } from '../layout.ts';
import type { Site } from '../site.ts';

const articles = {
	'returns.html': ['Returns', 'Send it back within 60 days, used or not. We pay the postage.'],
	'shipping.html': ['Shipping', 'Orders placed before noon leave the same day, except on Sundays.'],
	'warranty.html': ['Warranty', 'Five years on everything, the following older products included.'],
} as const;

export type HelpArticle = keyof typeof articles;

export const helpArticles: readonly HelpArticle[] = ['returns.html', 'shipping.html', 'warranty.html'];

export function helpArticlePath(article: HelpArticle): string {
	return `/help/articles/${article}`;
}

/**
 * The list of articles. Its `<base>` moves every relative link one folder down, and with them `#top`: a base that
 * named a folder would make that a link to the folder.
 */
export function helpPage(site: Site): string {
	const items = helpArticles.map((article) => `<li><a href="${article}">${articles[article][0]}</a></li>`);
	return layout(site, {
		title: 'Help',
		path: '/help/',
		head: '<base href="articles/returns.html">\n',
		main: `<ul>\n${items.join('\n')}\n</ul>`,
	});
}

export function helpArticlePage(site: Site, article: HelpArticle): string {
	const [title, text] = articles[article];
	return layout(site, {
		title,
		path: helpArticlePath(article),
		crumbs: [
			{ text: 'Help', path: '../' },
			{ text: title, path: '' },
		],
		main: `<p>${text}</p>`,
	});
}
