import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		// Half of the time of a test file is waiting, so even two cores are worth two workers.
		maxWorkers: Math.max(2, availableParallelism() - 1),
		projects: [
			{
				test: {
					name: 'packages',
					include: ['packages/*/test/**/*.test.ts', 'apps/*/test/**/*.test.ts'],
					// Generous, because a shared machine may stand still for seconds: no test is about how long something takes.
					testTimeout: 30_000,
					hookTimeout: 30_000,
				},
			},
			'e2e',
		],
	},
});
