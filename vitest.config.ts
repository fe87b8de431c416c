import { defineConfig } from 'vitest/config';

/** Tests in which milliseconds between requests are looked at: nothing may run beside them. */
const PACED = [
	'packages/core/test/lanes/**/*.test.ts',
	'packages/core/test/crawler/fetch-page.test.ts',
	'packages/core/test/queue/dispatcher.test.ts',
	'packages/http/test/limits/**/*.test.ts',
];

/** Generous, because a shared machine may stand still for seconds: no test is about how long something takes. */
const TIMEOUTS = { testTimeout: 30_000, hookTimeout: 30_000 };

export default defineConfig({
	test: {
		projects: [
			{
				test: {
					...TIMEOUTS,
					name: 'packages',
					include: ['packages/*/test/**/*.test.ts', 'apps/*/test/**/*.test.ts'],
					exclude: PACED,
					// Most of these tests wait for servers and timers; loading Crawlee anew for each file would take longer than they do.
					isolate: false,
					maxWorkers: 2,
				},
			},
			{
				test: {
					...TIMEOUTS,
					name: 'paced',
					include: PACED,
					isolate: false,
					fileParallelism: false,
					sequence: { groupOrder: 1 },
				},
			},
			'e2e',
		],
	},
});
