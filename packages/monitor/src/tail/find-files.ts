import { glob, stat } from 'node:fs/promises';
import { fileKey } from './followed-file.ts';

/** A file that a pattern matches now. */
export interface FoundFile {
	readonly path: string;
	readonly key: string;
}

/** Rotated files that were compressed hold no new lines. */
const COMPRESSED = /\.(?:gz|xz|bz2|zst|zip)$/;

/** The regular files that the patterns match, in the order of their names, each file once. */
export async function findFiles(patterns: readonly string[]): Promise<FoundFile[]> {
	const found = new Map<string, FoundFile>();
	for (const pattern of patterns) {
		for (const path of await pathsOf(pattern)) {
			const key = await keyOf(path);
			if (key !== undefined && !found.has(key)) found.set(key, { path, key });
		}
	}
	return [...found.values()];
}

/** A path that exists as it is written is no pattern, whatever characters it has. */
async function pathsOf(pattern: string): Promise<string[]> {
	if ((await keyOf(pattern)) !== undefined) return [pattern];
	const paths: string[] = [];
	for await (const path of glob(pattern)) if (!COMPRESSED.test(path)) paths.push(path);
	return paths.sort();
}

/** Undefined for what is no regular file, or is gone, or is not to be seen. */
async function keyOf(path: string): Promise<string | undefined> {
	try {
		const facts = await stat(path, { bigint: true });
		return facts.isFile() ? fileKey(facts.dev, facts.ino) : undefined;
	} catch {
		return undefined;
	}
}

/** The folder in which a pattern's first special part is looked for. */
export function baseFolder(pattern: string): string {
	const parts = pattern.split('/');
	const special = parts.findIndex((part) => /[*?[\]{}!()]/.test(part));
	const base = parts.slice(0, special === -1 ? -1 : special).join('/');
	return base === '' ? (pattern.startsWith('/') ? '/' : '.') : base;
}
