import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { downloadPaths, downloadTarget } from '../../../src/download/disk/download-target.ts';
import { InvalidRequestError } from '../../../src/errors.ts';
import { rejection } from '../../support/until.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('is a file, or a folder when it is one or ends like one', async () => {
	const folder = temporaryFolder();
	await mkdir(join(folder, 'inner'));
	expect(await downloadTarget(join(folder, 'file.bin'))).toEqual({ folder, name: 'file.bin' });
	expect(await downloadTarget(join(folder, 'inner'))).toEqual({ folder: join(folder, 'inner'), name: undefined });
	expect(await downloadTarget(`${folder}/new/`)).toEqual({ folder: join(folder, 'new'), name: undefined });
	expect(await downloadTarget(undefined)).toEqual({ folder: resolve('.'), name: undefined });
	expect(await downloadTarget('file.bin')).toEqual({ folder: resolve('.'), name: 'file.bin' });
});

it.each(['', 'a\0b', 5, null])('refuses %j', async (file) => {
	expect(await rejection(downloadTarget(file as string))).toBeInstanceOf(InvalidRequestError);
});

it('has its other files beside it', () => {
	expect(downloadPaths('/folder/x.iso')).toEqual({
		file: '/folder/x.iso',
		part: '/folder/x.iso.part',
		state: '/folder/x.iso.part.json',
		lock: '/folder/x.iso.part.lock',
	});
});
