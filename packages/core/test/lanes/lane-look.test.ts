import { expect, it } from 'vitest';
import { allowedPerSecond } from '../../src/lanes/lane-look.ts';

it.each([
	[0, undefined, null],
	[250, undefined, 4],
	[0, { size: 10, refreshAmount: 10, refreshInterval: 5_000 }, 2],
	[250, { size: 10, refreshAmount: 10, refreshInterval: 5_000 }, 2],
	[1_000, { size: 10, refreshAmount: 10, refreshInterval: 5_000 }, 1],
])('minTime %j with reservoir %j allows %j a second', (minTime, reservoir, allowed) => {
	expect(allowedPerSecond({ maxConcurrent: 8, minTime, reservoir })).toBe(allowed);
});
