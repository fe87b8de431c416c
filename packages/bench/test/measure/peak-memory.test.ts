import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { highWaterMark, peakRssBytes } from '../../src/measure/peak-memory.ts';

test('the high-water mark is read from the status of a process', () => {
	expect(highWaterMark('Name:\tnode\nVmHWM:\t   42592 kB\nVmRSS:\t   40000 kB\n')).toBe(42_592 * 1024);
	expect(highWaterMark('')).toBeUndefined();
});

test('memory that was used and given back still counts', () => {
	const before = peakRssBytes();
	// The process may have been larger than it is now.
	Buffer.alloc(before - process.memoryUsage.rss() + 200e6, 1);
	expect(peakRssBytes() - before).toBeGreaterThan(100e6);
});

test.runIf(existsSync('/proc/self/status'))('a small process started by a large one is small', () => {
	const script = `import(${JSON.stringify(new URL('../../src/measure/peak-memory.ts', import.meta.url))})
		.then(({ peakRssBytes }) => console.log(peakRssBytes()))`;
	const large = Buffer.alloc(250e6, 1);
	const { stdout } = spawnSync(process.execPath, ['-e', script], { encoding: 'utf8' });
	expect(large.length).toBe(250e6);
	expect(Number(stdout)).toBeGreaterThan(10e6);
	expect(Number(stdout)).toBeLessThan(200e6);
});
