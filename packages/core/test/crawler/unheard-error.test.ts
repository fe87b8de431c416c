import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const CHILD = fileURLToPath(new URL('unheard-error-child.ts', import.meta.url));

test.each([
	['ours', 0, 'told\nlisteners: 0\n', ''],
	['handled', 0, 'handled\nlisteners: 0\n', ''],
	['of somebody else', 1, '', 'Error: not ours'],
	['of somebody else, later', 1, '', 'Error: not ours'],
	['of somebody else, with a listener', 0, 'theirs: not ours\nlisteners: 1\n', ''],
])('a rejection that nobody handles: %s', (name, status, stdout, error) => {
	const child = spawnSync(process.execPath, [CHILD, name], { encoding: 'utf8' });
	expect(child).toMatchObject({ status, stdout, stderr: expect.stringContaining(error) });
});
