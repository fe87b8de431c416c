import { resolve } from 'node:path';
import { expect, test, vi } from 'vitest';
import { profileEach } from '../../src/measure/profile-each.ts';

test('each runs once, with flags that leave a profile where the user is', async () => {
	vi.stubEnv('INIT_CWD', '/somewhere');
	vi.spyOn(console, 'error').mockReturnValue();
	const runs: [string, readonly string[]][] = [];
	await profileEach('crawl', ['ours', 'bare'], async (name, flags) => runs.push([name, flags]));
	vi.unstubAllEnvs();
	vi.restoreAllMocks();
	const folder = `--cpu-prof-dir=${resolve('/somewhere')}`;
	expect(runs).toEqual([
		['ours', ['--cpu-prof', folder, '--cpu-prof-name=bench-crawl-ours.cpuprofile']],
		['bare', ['--cpu-prof', folder, '--cpu-prof-name=bench-crawl-bare.cpuprofile']],
	]);
});
