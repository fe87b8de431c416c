import { stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeFolder } from '../../../src/download/disk/make-folder.ts';
import { HttpClient } from '../../../src/index.ts';
import { response, startRawServer } from '../../support/raw-server.ts';
import { rejection } from '../../support/until.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('makes what is missing, and leaves what is there', async () => {
	const folder = join(temporaryFolder(), 'a', 'b', 'c');
	await Promise.all([makeFolder(folder), makeFolder(folder), makeFolder(join(folder, 'd'))]);
	await makeFolder(folder);
	await makeFolder('/');
	expect((await stat(join(folder, 'd'))).isDirectory()).toBe(true);
});

it('says that a file is in the way', async () => {
	const file = join(temporaryFolder(), 'file');
	await writeFile(file, '');
	expect(await rejection(makeFolder(file))).toMatchObject({ code: 'EEXIST' });
	expect(await rejection(makeFolder(join(file, 'x')))).toMatchObject({ code: 'ENOTDIR' });
});

it.skipIf(process.platform !== 'linux')('ends where a folder takes no other', async () => {
	expect(await rejection(makeFolder('/proc/orbweaver/x'))).toMatchObject({ code: 'ENOENT' });
	await using server = await startRawServer((socket) => socket.write(response('x')));
	await using client = new HttpClient();
	const error = await rejection(client.download(server.origin, '/proc/orbweaver/x'));
	expect(error).toMatchObject({ code: 'ORB_HTTP_DOWNLOAD', reason: 'file' });
	expect(String(error)).toContain('/proc/orbweaver');
});
