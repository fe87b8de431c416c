import { readFile } from 'node:fs/promises';

/** How much of a file lies beside it for the next run to go on from, as the `.part.json` says. */
export async function keptBytes(file: string): Promise<number> {
	try {
		const { held } = JSON.parse(await readFile(`${file}.part.json`, 'utf8')) as { readonly held: [number, number][] };
		return held.reduce((sum, [start, end]) => sum + end - start, 0);
	} catch {
		return 0; // Nothing is there, or nothing that makes sense.
	}
}
