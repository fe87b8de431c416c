import type { LegacyCharset } from '../../text/encode.ts';
import { escapeHtml } from '../../text/escape.ts';
import { layout } from '../layout.ts';
import { productPath } from '../paths.ts';
import type { Site } from '../site.ts';

/** A page in a legacy encoding. `inHeader` says who tells: the Content-Type header, or only the page's own meta. */
export interface WorldRegion {
	readonly region: 'europe' | 'japan';
	readonly charset: LegacyCharset;
	readonly inHeader: boolean;
	readonly title: string;
	readonly language: string;
}

export const worldRegions: readonly WorldRegion[] = [
	{ region: 'europe', charset: 'windows-1252', inHeader: false, title: 'Für Küche & Café – “Europe”', language: 'en' },
	{ region: 'japan', charset: 'shift_jis', inHeader: true, title: '日本の道具', language: 'ja' },
];

export function worldPath({ region }: WorldRegion): string {
	return `/world/${region}`;
}

/** The products of one region by name, as text that is still to be encoded. */
export function worldPage(site: Site, world: WorldRegion): string {
	const items = site.catalog.products
		.filter((product) => product.region === world.region)
		.map((product) => `<li><a href="..${productPath(product)}">${escapeHtml(product.name)}</a></li>`);
	return layout(site, {
		title: world.title,
		path: worldPath(world),
		charset: world.charset,
		language: world.language,
		main: `<ul class="names">\n${items.join('\n')}\n</ul>`,
	});
}
