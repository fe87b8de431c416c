import { expect, it } from 'vitest';
import { ProgressMeter } from '../../src/download/progress-meter.ts';

const FACTS = { total: 10_000, segments: 1, resumedFrom: 0, restarts: 0 };

it('tells the mean speed of the last five seconds, and the time left', () => {
	let now = 0;
	const meter = new ProgressMeter(() => now);
	expect(meter.measure({ ...FACTS, bytes: 0 })).toMatchObject({ bytesPerSecond: 0, secondsLeft: undefined });
	now = 1_000;
	expect(meter.measure({ ...FACTS, bytes: 1_000 })).toMatchObject({ bytesPerSecond: 1_000, secondsLeft: 9 });
	for (now = 2_000; now < 7_000; now += 1_000) meter.measure({ ...FACTS, bytes: 1_000 });
	expect(meter.measure({ ...FACTS, bytes: 3_500 })).toMatchObject({ bytesPerSecond: 500, secondsLeft: 13 });
});

it('does not count as speed what an earlier run brought', () => {
	const meter = new ProgressMeter(() => 0);
	expect(meter.measure({ ...FACTS, bytes: 9_000, resumedFrom: 9_000 }).bytesPerSecond).toBe(0);
});

it('begins anew when everything was thrown away', () => {
	let now = 0;
	const meter = new ProgressMeter(() => now);
	meter.measure({ ...FACTS, bytes: 5_000 });
	now = 1_000;
	expect(meter.measure({ ...FACTS, bytes: 100, restarts: 1 }).bytesPerSecond).toBe(0);
	now = 2_000;
	expect(meter.measure({ ...FACTS, bytes: 1_100, restarts: 1 }).bytesPerSecond).toBe(1_000);
});

it('has no time left at the end, and none to tell when the size is not known', () => {
	const meter = new ProgressMeter(() => 0);
	expect(meter.measure({ ...FACTS, bytes: 10_000 }).secondsLeft).toBe(0);
	expect(meter.measure({ ...FACTS, bytes: 10_000, total: undefined }).secondsLeft).toBeUndefined();
});
