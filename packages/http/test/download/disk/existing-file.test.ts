import { expect, it } from 'vitest';
import type { DownloadState } from '../../../src/download/disk/download-state.ts';
import { looksLike, wasNamed } from '../../../src/download/disk/existing-file.ts';

const modified = 'Wed, 21 Oct 2015 07:28:00 GMT';
const version = {
	size: 10,
	validator: { kind: 'etag', value: '"1"' },
	ranges: 'accepted',
	encoded: false,
	digests: [],
	lastModified: modified,
	contentType: undefined,
} as const;
const mtimeMs = Date.parse(modified);

it('looks like a version of its size and second', () => {
	expect(looksLike({ size: 10, mtimeMs }, version)).toBe(true);
	expect(looksLike({ size: 10, mtimeMs: mtimeMs + 999 }, version)).toBe(true);
	expect(looksLike({ size: 11, mtimeMs }, version)).toBe(false);
	expect(looksLike({ size: 10, mtimeMs: mtimeMs + 1_000 }, version)).toBe(false);
	expect(looksLike({ size: 10, mtimeMs }, { ...version, lastModified: undefined })).toBe(false);
	expect(looksLike({ size: 10, mtimeMs }, { ...version, size: undefined })).toBe(false);
});

it('was named by a run that was killed thereafter', () => {
	const held = [{ start: 0, end: 10 }];
	const state: DownloadState = { url: 'u', file: version, held, mixed: false, finished: true, startedAt: '' };
	const file = { size: 10, ino: 1, dev: 1 };
	expect(wasNamed(file, undefined, state)).toBe(true);
	expect(wasNamed(file, file, state)).toBe(true);
	expect(wasNamed(file, { ino: 2, dev: 1 }, state)).toBe(false);
	expect(wasNamed(file, undefined, { ...state, finished: false })).toBe(false);
	expect(wasNamed({ ...file, size: 11 }, undefined, state)).toBe(false);
});
