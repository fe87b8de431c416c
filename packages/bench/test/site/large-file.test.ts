import { createHash } from 'node:crypto';
import { appendFile, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fileFacts, writeLargeFile } from '../../src/site/large-file.ts';
import { temporaryFolder } from '../../src/temporary-folder.ts';

test('a file is written whole, and read for a comparison', async () => {
	await using folder = await temporaryFolder('large-file');
	const path = join(folder.path, 'file.bin');
	const bytes = 2.5 * 1024 * 1024;
	const written = await writeLargeFile(path, bytes);
	const content = await readFile(path);
	expect(content.length).toBe(bytes);
	expect(written).toEqual({ bytes, sha256: createHash('sha256').update(content).digest('hex') });
	expect(await fileFacts(path)).toEqual(written);

	await appendFile(path, 'x');
	expect(await fileFacts(path)).toMatchObject({ bytes: bytes + 1, sha256: expect.not.stringMatching(written.sha256) });
});
