/** Pages of a domain form a tree of this width. */
const childrenPerPage = 8;

export function domainPagePath(i: number): string {
	return i === 0 ? '/' : `/page-${i}.html`;
}

export function domainPageAt(path: string, pages: number): number | undefined {
	const i = path === '/' ? 0 : Number(/^\/page-(\d+)\.html$/.exec(path)?.[1] ?? Number.NaN);
	return i < pages && domainPagePath(i) === path ? i : undefined;
}

/** Page `i` of a domain: links to its children and back to the index; the index can link to other domains too. */
export function domainPage(host: string, i: number, pages: number, elsewhere: readonly string[]): string {
	const first = i * childrenPerPage + 1;
	const children = Array.from({ length: childrenPerPage }, (_, k) => first + k).filter((child) => child < pages);
	const links = ['/', ...children.map(domainPagePath), ...(i === 0 ? elsewhere : [])];
	return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Page ${i} of ${host}</title></head>
<body>
<h1>Page ${i} of ${host}</h1>
<ul>
${links.map((link) => `<li><a href="${link}">${link}</a></li>`).join('\n')}
</ul>
</body>
</html>
`;
}
