import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { fileFailure } from '../../../src/download/disk/file-failure.ts';
import { DownloadError } from '../../../src/download/download-error.ts';
import { rejection } from '../../support/until.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const request = { method: 'GET', url: 'http://host/x' };

it('names the file, the reason and the way out', async () => {
	const path = join(temporaryFolder(), 'no', 'x.part');
	const cause = await rejection(open(path, 'wx'));
	const error = fileFailure(cause, '/elsewhere', request);
	expect(error).toMatchObject({ reason: 'file', path, cause });
	expect(String(error)).toContain(`${path}: the folder is not there (ENOENT)`);
});

it.each([
	['ENOSPC', 'disk-full'],
	['EDQUOT', 'disk-full'],
	['EACCES', 'file'],
	['EROFS', 'file'],
	['EFBIG', 'file'],
	['EIO', 'file'],
])('%s is of the kind %s', (code, reason) => {
	const error = fileFailure(Object.assign(new Error('no'), { code, syscall: 'write' }), '/x.part', request);
	expect(error).toMatchObject({ reason, path: '/x.part' });
	expect(String(error)).toContain(code);
});

it('says what is kept on a full disk, if anything is', () => {
	const full = Object.assign(new Error('no'), { code: 'ENOSPC', syscall: 'write' });
	expect(String(fileFailure(full, '/x.part', request, 5))).toContain('What has arrived is kept.');
	expect(String(fileFailure(full, '/x.part', request))).not.toContain('kept');
});

it('leaves other errors alone', () => {
	const own = new DownloadError(request, 'changed', 'changed.');
	const mistake = new TypeError('a mistake');
	expect(fileFailure(own, '/x', request)).toBe(own);
	expect(fileFailure(mistake, '/x', request)).toBe(mistake);
});
