import type { StoreCounts } from '@orbweaver/core/storage-file';
import { amount, duration } from '../output/amounts.ts';
import { type Html, html } from './html.ts';
import { bars, columns } from './plots.ts';
import type { ReportFacts } from './report-facts.ts';
import { STYLE } from './style.ts';

/** The whole report: one page that asks no host for anything. */
export function reportPage(facts: ReportFacts): string {
	const { storage, madeAt, counts, datasets, httpStatuses, domains, depths, timeline, slowest, failures } = facts;
	const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Crawl of ${storage}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>Crawl of ${storage}</h1>
<p class="quiet">As of ${time(madeAt)}</p>
<dl class="tiles">
${tile('pages', counts.handled)}${tile('failed', counts.failed)}${tile('to go', counts.waiting + counts.delayed + counts.leased)}
${tile('left alone', counts.skipped)}${tile('redirected', counts.redirected)}${datasets.map(({ name, itemCount }) => tile(name === 'default' ? 'rows' : `rows (${name})`, itemCount))}
</dl>
${timelineOf(timeline)}
<section><h2>Answers</h2>
${bars(httpStatuses.map(({ httpStatus, count }) => ({ label: httpStatus === undefined ? 'no answer' : String(httpStatus), parts: [{ kind: kindOf(httpStatus), count }] })))}
</section>
<section><h2>Domains</h2>
${bars([...domains].map(([label, all]) => ({ label, parts: partsOf(all) })))}
</section>
<section><h2>Depth</h2>
${bars([...depths].map(([depth, all]) => ({ label: depth === 0 ? '0 (start)' : String(depth), parts: partsOf(all) })))}
</section>
<section><h2>Slowest pages</h2>
${
	slowest.length === 0
		? html`<p class="quiet">The rows of this crawl have no <code>loadMs</code>.</p>`
		: html`<div class="wide"><table>
<thead><tr><th scope="col">time</th><th scope="col">page</th></tr></thead>
<tbody>${slowest.map(({ url, loadMs }) => html`<tr><td class="number">${duration(loadMs / 1_000)}</td><td>${url}</td></tr>`)}</tbody>
</table></div>`
}
</section>
<section><h2>Failures</h2>
${
	failures.length === 0
		? html`<p class="quiet">None.</p>`
		: html`<div class="wide"><table>
<thead><tr><th scope="col">answer</th><th scope="col">page and reason</th></tr></thead>
<tbody>${failures.map(
				({ url, error, httpStatus, foundOn }) =>
					html`<tr><td class="number">${httpStatus ?? '–'}</td><td>${url}<br><span class="quiet">${error}${foundOn === undefined ? '' : html`<br>linked from ${foundOn}`}</span></td></tr>`,
			)}</tbody>
</table></div>${counts.failed > failures.length ? html`<p class="quiet">… and ${amount(counts.failed - failures.length, 'more', 'more')}.</p>` : ''}`
}
</section>
</main>
</body>
</html>
`;
	return page.text;
}

function tile(name: string, count: number): Html {
	return html`<div><dt>${name}</dt><dd>${count.toLocaleString('en')}</dd></div>`;
}

function timelineOf(slots: ReportFacts['timeline']): Html {
	const [first, second] = slots;
	if (first === undefined || second === undefined) return html``;
	const widthMs = second.from - first.from;
	const end = first.from + widthMs * slots.length;
	const title = `Pages that ended, each column ${duration(widthMs / 1_000)}`;
	return html`<section><h2>Over time</h2>
<p class="quiet">${title}: from ${time(first.from)} to ${time(end)}</p>
${columns(
	title,
	slots.map(({ count }) => count),
)}
</section>`;
}

function partsOf({ handled, redirected, failed, skipped, waiting, delayed, leased }: StoreCounts) {
	return [
		{ kind: 'good', count: handled + redirected },
		{ kind: 'bad', count: failed },
		{ kind: 'left', count: skipped },
		{ kind: 'open', count: waiting + delayed + leased },
	] as const;
}

function kindOf(httpStatus: number | undefined): 'good' | 'bad' {
	return httpStatus !== undefined && httpStatus < 400 ? 'good' : 'bad';
}

function time(ms: number): string {
	return `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}
