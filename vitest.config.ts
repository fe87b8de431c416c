import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
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
