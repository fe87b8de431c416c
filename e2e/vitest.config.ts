import { defineConfig, type ViteUserConfig } from 'vitest/config';

const config: ViteUserConfig = defineConfig({
	test: {
		testTimeout: 60_000,
		hookTimeout: 60_000,
		// Politeness is measured in milliseconds: nothing may run beside it, neither other files of these nor the packages'.
		fileParallelism: false,
		isolate: false,
		sequence: { groupOrder: 2 },
	},
});

export default config;
