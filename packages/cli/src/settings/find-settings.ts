import { existsSync, readFileSync } from 'node:fs';
import { basename, extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Settings } from '../spec/resolve-options.ts';
import { UsageError } from '../usage-error.ts';

/** In this order; the first that is there counts. */
const FILES = ['orbweaver.config.ts', 'orbweaver.config.js', 'orbweaver.config.json'];

/**
 * Reads the settings: the file that `--config` names, else `orbweaver.config.ts`, `.js` or `.json` of the folder, else the
 * key `orbweaver` of its package.json. Undefined when there are none.
 *
 * @throws UsageError for a file that is missing or holds no object.
 */
export async function findSettings(folder: string, given: string | undefined): Promise<Settings | undefined> {
	if (given !== undefined) {
		const path = resolve(folder, given);
		if (!existsSync(path))
			throw new UsageError(`--config names "${given}", which is not there; give the path of a file.`);
		return await readSettings(path);
	}
	const file = FILES.map((name) => join(folder, name)).find((path) => existsSync(path));
	if (file !== undefined) return await readSettings(file);
	const manifest = join(folder, 'package.json');
	return existsSync(manifest) ? await readSettings(manifest) : undefined;
}

async function readSettings(path: string): Promise<Settings | undefined> {
	const name = basename(path);
	const read = extname(path) === '.json' ? readJson(path) : await importDefault(path);
	const values = name === 'package.json' ? (read as { orbweaver?: unknown } | null)?.orbweaver : read;
	if (values === undefined && name === 'package.json') return undefined;
	if (typeof values !== 'object' || values === null || Array.isArray(values)) {
		const what = name === 'package.json' ? 'The key "orbweaver" of package.json' : name;
		throw new UsageError(`${what} must hold an object of settings, such as {"userAgent": "MyBot/1.0"}.`);
	}
	return { path: name, values: values as Readonly<Record<string, unknown>> };
}

function readJson(path: string): unknown {
	try {
		return JSON.parse(readFileSync(path, 'utf8'));
	} catch (cause) {
		throw new UsageError(`${basename(path)} is no JSON that can be read: ${messageOf(cause)}.`, { cause });
	}
}

async function importDefault(path: string): Promise<unknown> {
	try {
		return ((await import(pathToFileURL(path).href)) as { default?: unknown }).default;
	} catch (cause) {
		throw new UsageError(`${basename(path)} cannot be loaded: ${messageOf(cause)}.`, { cause });
	}
}

function messageOf(error: unknown): string {
	return (error instanceof Error ? error.message : String(error)).replace(/\.?\s*$/, '').replaceAll(/\s+/g, ' ');
}
