import { afterEach, expect, test, vi } from 'vitest';
import { download } from '../../../src/subjects/http/download.ts';

// As on a machine without nginx.
vi.mock('../../../src/server/nginx.ts', () => ({ startNginx: async () => undefined }));

afterEach(() => {
	vi.restoreAllMocks();
});

test('without a server of ranges, those who need it stay away', { timeout: 60_000 }, async () => {
	const print = vi.spyOn(console, 'log').mockReturnValue();
	vi.spyOn(console, 'error').mockReturnValue();
	const { sections } = await download.run(['ours-4', 'undici'], {
		pages: undefined,
		profile: 'small',
		runs: 1,
		concurrency: undefined,
		only: undefined,
		json: undefined,
		cpuProfile: false,
		parts: undefined,
		requests: undefined,
		sizeMiB: 1,
		messages: undefined,
		urls: undefined,
		domains: undefined,
		minTimeMs: undefined,
	});
	const [section] = sections;
	expect(section?.outcomes).toMatchObject([{ name: 'undici', samples: [{ file: { bytes: 1024 * 1024 } }] }]);
	expect(section?.faults).toEqual([]);
	expect(print.mock.calls.join()).toContain("ours-4 did not take part: the test kit's static server");
});
