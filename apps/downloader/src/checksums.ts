import { readFile } from 'node:fs/promises';
import { type Digest, digestOfLength } from './digest.ts';
import type { Entry } from './entry.ts';
import { pathOf } from './file-name.ts';
import { fileProblem } from './file-problem.ts';
import { UsageError } from './usage-error.ts';

/** The digests that a file such as SHA256SUMS has for names. */
export class Checksums {
	readonly #path: string;
	/** By the last part of the name, with all of its parts. */
	readonly #byName = new Map<string, { readonly parts: readonly string[]; readonly digest: Digest }[]>();

	/**
	 * @param path for errors.
	 * @throws UsageError when there is not one digest in it.
	 */
	constructor(path: string, text: string) {
		this.#path = path;
		for (const line of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
			const parsed = parseLine(line);
			if (parsed === undefined) continue;
			const parts = parsed.name.split('/').filter((part) => part !== '.');
			const key = parts.at(-1) ?? '';
			this.#byName.set(key, [...(this.#byName.get(key) ?? []), { parts, digest: parsed.digest }]);
		}
		if (this.#byName.size === 0) {
			throw new UsageError(`${path} holds no checksums: a line should be a digest and a name, as sha256sum writes it.`);
		}
	}

	/** @throws UsageError when it cannot be read, or there is not one digest in it. */
	static async read(path: string): Promise<Checksums> {
		try {
			return new Checksums(path, await readFile(path, 'utf8'));
		} catch (error) {
			if (error instanceof UsageError) throw error;
			throw new UsageError(`The checksums ${path} cannot be read: ${fileProblem(error)}.`);
		}
	}

	/**
	 * The digest of an entry, by its name or else by the path of its URL. Where a name stands there more than once, in
	 * several folders, the one that has most of the path counts, and of several functions the strongest.
	 *
	 * @throws UsageError when there is none, or there are several.
	 */
	digestFor({ place, name, url }: Entry): Digest {
		const path = (name ?? pathOf(url)).split('/');
		const found = this.#byName.get(path.at(-1) ?? '') ?? [];
		const common = found.map(({ parts }) => commonEnd(parts, path));
		const nearest = found.filter((_, index) => common[index] === Math.max(...common)).map(({ digest }) => digest);
		const strongest = Math.max(...nearest.map(({ value }) => value.length));
		const [digest, ...others] = nearest.filter(({ value }) => value.length === strongest);
		if (digest === undefined) {
			throw new UsageError(
				`${place}: ${this.#path} has no checksum for "${path.at(-1)}"; out=<name> says what it is called there.`,
			);
		}
		if (others.every(({ value }) => value === digest.value)) return digest;
		throw new UsageError(`${place}: ${this.#path} has several checksums for "${path.at(-1)}".`);
	}
}

/** As GNU's tools write it, or as BSD's: `SHA256 (name) = hex`. Anything else is a comment or a signature. */
function parseLine(line: string): { readonly name: string; readonly digest: Digest } | undefined {
	const gnu = /^(\\?)([\da-f]{32,128})[ \t][ *\t]?(.+)$/i.exec(line);
	const bsd = /^[\w-]+ \((.+)\) = ([\da-f]{32,128})$/i.exec(line);
	const name = gnu?.[3] ?? bsd?.[1];
	const digest = digestOfLength(gnu?.[2] ?? bsd?.[2] ?? '');
	if (name === undefined || digest === undefined) return undefined;
	// A backslash in front says that those in the name are doubled.
	return { name: gnu?.[1] === '\\' ? name.replaceAll('\\\\', '\\') : name, digest };
}

/** How many parts of two paths are the same, from the end. */
function commonEnd(one: readonly string[], other: readonly string[]): number {
	let count = 0;
	while (count < Math.min(one.length, other.length) && one.at(-1 - count) === other.at(-1 - count)) count += 1;
	return count;
}
