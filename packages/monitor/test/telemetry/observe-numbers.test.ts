import { metrics } from '@opentelemetry/api';
import {
	AggregationTemporality,
	InMemoryMetricExporter,
	MeterProvider,
	PeriodicExportingMetricReader,
} from '@opentelemetry/sdk-metrics';
import { expect, it, onTestFinished } from 'vitest';
import { startMonitor } from '../../src/start-monitor.ts';
import { sampleNumbers } from '../sample-numbers.ts';

it('gives the numbers to the provider of the process, until the monitor closes', async () => {
	const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
	const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
	const provider = new MeterProvider({ readers: [reader] });
	metrics.setGlobalMeterProvider(provider);
	onTestFinished(async () => {
		metrics.disable();
		await provider.shutdown();
	});

	const monitor = await startMonitor();
	monitor.numbers('shop', sampleNumbers({ statuses: { 200: 9, nonsense: 1 } }));
	await reader.forceFlush();
	const points = () =>
		exporter
			.getMetrics()
			.flatMap(({ scopeMetrics }) => scopeMetrics)
			.flatMap((scope) => scope.metrics)
			.flatMap(({ descriptor, dataPoints }) =>
				dataPoints.map(({ attributes, value }) => [descriptor.name, attributes, value] as const),
			);
	expect(points()).toContainEqual(['orbweaver.pages', { source: 'shop', outcome: 'finished' }, 100]);
	expect(points()).toContainEqual(['orbweaver.received', { source: 'shop' }, 5_000_000]);
	expect(points()).toContainEqual(['orbweaver.requests', { source: 'shop', state: 'waiting' }, 40]);
	expect(points().filter(([name]) => name === 'orbweaver.responses')).toEqual([
		['orbweaver.responses', { source: 'shop', 'http.response.status_code': 200 }, 9],
	]);

	await monitor.close();
	monitor.numbers('late', sampleNumbers());
	exporter.reset();
	await reader.forceFlush();
	expect(points().some(([, { source }]) => source === 'late')).toBe(false);
});
