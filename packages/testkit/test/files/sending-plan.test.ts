import { expect, test } from 'vitest';
import { sendingPlan } from '../../src/files/sending-plan.ts';

test.each([
	[{}, 100, 0, { bytes: 100, ending: 'end' }],
	[{ cutAfter: 40 }, 100, 7, { bytes: 40, ending: 'cut' }],
	[{ cutAfter: 0 }, 100, 0, { bytes: 0, ending: 'cut' }],
	[{ cutAfter: 100 }, 100, 0, { bytes: 100, ending: 'end' }],
	[{ cutAfter: 100, chunked: true }, 100, 0, { bytes: 100, ending: 'cut' }],
	[{ cutAfter: 40, cutTimes: 2 }, 100, 1, { bytes: 40, ending: 'cut' }],
	[{ cutAfter: 40, cutTimes: 2 }, 100, 2, { bytes: 100, ending: 'end' }],
	[{ stallAfter: 40 }, 100, 0, { bytes: 40, ending: 'stall' }],
	[{ stallAfter: 40, cutAfter: 30 }, 100, 0, { bytes: 30, ending: 'cut' }],
	[{ stallAfter: 30, cutAfter: 40 }, 100, 0, { bytes: 30, ending: 'stall' }],
	[{ stallAfter: 60, cutAfter: 30, cutTimes: 1 }, 100, 1, { bytes: 60, ending: 'stall' }],
	[{ stallAfter: 0 }, 0, 0, { bytes: 0, ending: 'end' }],
] as const)('%j for %i bytes after %i cuts', (faults, length, cuts, expected) => {
	expect(sendingPlan(length, faults, cuts)).toMatchObject(expected);
});

test.each([1, 7, 20, 1000, 65_536, 10_000_000])('%i bytes per second are kept', (bytesPerSecond) => {
	const { stepBytes, stepMs } = sendingPlan(1, { bytesPerSecond }, 0);
	expect(stepBytes).toBeGreaterThanOrEqual(1);
	expect((stepBytes / stepMs) * 1000).toBeCloseTo(bytesPerSecond);
});
