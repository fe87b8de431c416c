import parse from 'parse-prometheus-text-format';
import { expect, it } from 'vitest';
import { startMonitor } from '../../src/start-monitor.ts';
import { sampleNumbers } from '../sample-numbers.ts';

async function scrape(url: string): Promise<{ readonly text: string; readonly type: string | null }> {
	const response = await fetch(`${url}/metrics`);
	return { text: await response.text(), type: response.headers.get('content-type') };
}

it('is read by a parser of Prometheus, with the right values', async () => {
	await using monitor = await startMonitor();
	const strange = 'a "b" \\ c\nd';
	monitor.numbers(strange, sampleNumbers());
	monitor.publish([{ level: 'error', text: 'bad' }, { text: 'good' }]);
	const { text, type } = await scrape(monitor.url);
	expect(type).toBe('text/plain; version=0.0.4; charset=utf-8');
	const families = new Map(parse(text).map((family) => [family.name, family]));
	expect(families.get('orbweaver_pages_total')).toMatchObject({
		type: 'COUNTER',
		metrics: [
			{ labels: { source: strange, outcome: 'finished' }, value: '100' },
			{ labels: { source: strange, outcome: 'failed' }, value: '2' },
			{ labels: { source: strange, outcome: 'retried' }, value: '7' },
		],
	});
	expect(families.get('orbweaver_responses_total')?.metrics).toEqual([
		{ labels: { source: strange, status: '200' }, value: '100' },
		{ labels: { source: strange, status: '404' }, value: '2' },
	]);
	const [latency] = families.get('orbweaver_latency_seconds')?.metrics ?? [];
	// 0 to 11 values in the buckets, and one beyond the last.
	expect(latency).toMatchObject({
		buckets: { '0.005': '0', '0.025': '3', 30: '66', '+Inf': '67' },
	});
	// The parser leaves these out.
	expect(text).toMatch(/^orbweaver_latency_seconds_sum\{.*\} 3$/m);
	expect(text).toMatch(/^orbweaver_latency_seconds_count\{.*\} 67$/m);
	expect(families.get('orbweaver_body_size_bytes')).toMatchObject({ type: 'HISTOGRAM' });
	expect(families.get('orbweaver_eta_seconds')?.metrics).toMatchObject([{ value: '4' }]);
	expect(families.get('orbweaver_monitor_entries_total')?.metrics).toContainEqual({
		labels: { level: 'error' },
		value: '1',
	});
});

it('has labels that do not grow without bound', async () => {
	await using monitor = await startMonitor();
	for (let number = 0; number < 150; number++) {
		const statuses = Object.fromEntries(Array.from({ length: 600 }, (_, status) => [`${status}`, 1]));
		monitor.numbers(`crawl ${number}`, sampleNumbers({ statuses: { ...statuses } }));
	}
	const { text } = await scrape(monitor.url);
	const labels = (name: string) =>
		new Set([...text.matchAll(new RegExp(`${name}="([^"]*)"`, 'g'))].map(([, value]) => value));
	expect(labels('source').size).toBe(100);
	expect(labels('status').size).toBe(500 + 4); // 100 to 599, and what crawls do
	expect(text).not.toContain('shop.example');
});
