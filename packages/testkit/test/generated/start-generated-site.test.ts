import { expect, test } from 'vitest';
import { generatedPage, startGeneratedSite } from '../../src/index.ts';
import { crawl } from '../tiny-crawler.ts';

test('a crawl finds exactly the URLs', async () => {
	await using site = await startGeneratedSite({ pages: 300, seed: 2 });
	const visits = await crawl(`${site.url}/`);
	expect([...visits.keys()].toSorted()).toEqual(site.urls.toSorted());
	expect(site.urls).toHaveLength(306);
	expect(site.log.hits()).toBe(306);
	expect([...visits.values()].every(({ status }) => status === 200)).toBe(true);
});

test('serves what generatedPage makes, robots.txt, and nothing else', async () => {
	await using site = await startGeneratedSite({ pages: 200, profile: 'real' });
	const page = await fetch(`${site.url}/section-001/page-000150.html`);
	expect(await page.text()).toBe(generatedPage(150, { pages: 200, profile: 'real', origin: site.url }));
	expect(await (await fetch(`${site.url}/robots.txt`)).text()).toContain('Allow: /');
	for (const path of ['/section-002/page-000200.html', '/section-000/page-000150.html', '/never/1.html']) {
		expect((await fetch(site.url + path)).status).toBe(404);
	}
});
