import { load } from '@orbweaver/parser';
import { describe, expect, test } from 'vitest';
import { html } from '../../src/report/html.ts';
import type { ReportFacts } from '../../src/report/report-facts.ts';
import { reportPage } from '../../src/report/report-page.ts';

const NASTY = `"><script>alert('x')</script>&amp;`;
const NONE = { waiting: 0, delayed: 0, leased: 0, handled: 0, failed: 0, skipped: 0, redirected: 0 };

const FACTS: ReportFacts = {
	storage: NASTY,
	madeAt: 0,
	counts: { ...NONE, handled: 1_234, failed: 2 },
	datasets: [{ name: NASTY, itemCount: 7 }],
	httpStatuses: [
		{ httpStatus: undefined, count: 1 },
		{ httpStatus: 200, count: 1_234 },
	],
	domains: new Map([[NASTY, { ...NONE, handled: 1_234, failed: 2 }]]),
	depths: new Map([[0, { ...NONE, handled: 1 }]]),
	timeline: [
		{ from: 0, count: 3 },
		{ from: 1_000, count: 1 },
	],
	slowest: [{ url: NASTY, loadMs: 2_000 }],
	failures: [{ url: NASTY, error: NASTY, foundOn: NASTY }],
};

describe('the report', () => {
	const page = reportPage(FACTS);
	const $ = load(page);

	test('escapes what came from elsewhere', () => {
		expect($('script')).toHaveLength(0);
		expect($('h1').text()).toBe(`Crawl of ${NASTY}`);
		expect($('td').text()).toContain(NASTY);
		expect($('.bars th').text()).toContain(NASTY);
	});

	test('asks no host for anything, and forbids it', () => {
		expect($('[src], [href], link, img, iframe, object, embed')).toHaveLength(0);
		expect(page).not.toMatch(/@import|url\(/);
		expect($('meta[http-equiv=Content-Security-Policy]').attr('content')).toContain("default-src 'none'");
	});

	test('shows numbers, and plots with words', () => {
		expect($('dd').first().text()).toBe('1,234');
		expect(
			$('svg[role=img]')
				.map((_, svg) => $(svg).attr('aria-label'))
				.get(),
		).toContain('1,234 done, 2 failed');
		expect($('svg.columns rect')).toHaveLength(2);
	});

	test('of a crawl that has done nothing is a page, too', () => {
		const empty = load(
			reportPage({
				...FACTS,
				httpStatuses: [],
				domains: new Map(),
				depths: new Map(),
				timeline: [],
				slowest: [],
				failures: [],
			}),
		);
		expect(empty('section').text()).toContain('None.');
		expect(empty('svg')).toHaveLength(0);
	});
});

test('HTML in HTML is not escaped again', () => {
	expect(html`<p>${[html`<b>${'<'}</b>`, html`${1}`]}</p>`.text).toBe('<p><b>&lt;</b>1</p>');
});
