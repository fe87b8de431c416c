import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startChild } from './child.ts';
import { temporaryFolder } from './temporary-folder.ts';

test('two hundred thousand URLs that wait are in the file and not in memory', async () => {
	const child = startChild('fill-many', join(await temporaryFolder(), 'crawl.sqlite'));
	await child.ended();
	const { largest, taken, ...counts } = JSON.parse(child.output());
	expect(taken).toBe(1_000);
	expect(counts).toMatchObject({ waiting: 199_000, leased: 1_000 });
	// A million have to do with this; a process that does nothing takes 50 to 100 MB of it.
	expect(largest).toBeLessThan(250e6);
}, 120_000);
