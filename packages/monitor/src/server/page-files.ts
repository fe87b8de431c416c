import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A file of the page. */
export interface PageFile {
	readonly type: string;
	readonly body: Buffer;
}

/** The same from `src/server` and from `dist/server`. */
const FOLDER = join(import.meta.dirname, '../../page');

const TYPES: Readonly<Record<string, string>> = {
	'.html': 'text/html; charset=utf-8',
	'.css': 'text/css; charset=utf-8',
	'.js': 'text/javascript; charset=utf-8',
	'.json': 'application/json',
	'.svg': 'image/svg+xml',
	'.png': 'image/png',
	'.ico': 'image/x-icon',
	'.woff2': 'font/woff2',
	'.webmanifest': 'application/manifest+json',
};

/** uPlot as its package ships it. */
const LIBRARIES: ReadonlyMap<string, string> = new Map([
	['/vendor/uPlot.js', import.meta.resolve('uplot/dist/uPlot.esm.js')],
	['/vendor/uPlot.css', import.meta.resolve('uplot/dist/uPlot.min.css')],
]);

/** Names that begin with a letter or a digit, so that no `..` and no hidden file is one. */
const SAFE_PATH = /^(?:\/[A-Za-z0-9][\w-]*(?:\.[\w-]+)*)+$/;

/** The file that a path names: `/` is index.html. Undefined if there is none. */
export async function pageFile(path: string): Promise<PageFile | undefined> {
	const wanted = path === '/' ? '/index.html' : path;
	const type = TYPES[extname(wanted)];
	if (type === undefined || !SAFE_PATH.test(wanted)) return undefined;
	const library = LIBRARIES.get(wanted);
	try {
		return { type, body: await readFile(library === undefined ? join(FOLDER, wanted) : fileURLToPath(library)) };
	} catch {
		return undefined;
	}
}
