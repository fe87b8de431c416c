import type { CatalogProduct } from '../catalog.ts';

/** A drawn picture: a few woven threads in colours of the product's own. */
export function productImage({ id, sku }: CatalogProduct): string {
	const hue = (id * 47) % 360;
	const threads = Array.from({ length: 8 }, (_, i) => {
		const at = 24 + i * 39;
		return `<path d="M${at} 0V240M0 ${(at * 3) / 4}H320" stroke="hsl(${(hue + i * 9) % 360} 45% ${40 + i * 4}%)"/>`;
	});
	return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 240" stroke-width="${10 + (id % 14)}">
<rect width="320" height="240" fill="hsl(${hue} 30% 90%)" stroke="none"/>
<g opacity=".75">${threads.join('')}</g>
<text x="12" y="228" font-size="14" stroke="none" font-family="monospace">${sku}</text>
</svg>
`;
}
