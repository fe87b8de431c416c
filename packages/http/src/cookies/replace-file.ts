import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';

/**
 * Writes a file that only its owner may read. Whatever happens meanwhile, `file` holds all of the old text or all of
 * the new one.
 */
export async function replaceFile(file: string, text: string): Promise<void> {
	const temporary = `${file}.${randomUUID()}.tmp`;
	try {
		await writeFile(temporary, text, { flag: 'wx', mode: 0o600, flush: true });
		await rename(temporary, file);
	} catch (error) {
		await rm(temporary, { force: true });
		throw error;
	}
}
