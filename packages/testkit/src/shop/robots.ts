import type { Site } from './site.ts';

/** The shop's robots.txt (RFC 9309). */
export function robotsTxt({ origin }: Site): string {
	return `# Everyone is welcome, but not everywhere.
User-agent: *
Disallow: /admin/
Disallow: /cart

Sitemap: ${origin}/sitemap.xml
`;
}
