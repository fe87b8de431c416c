import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';

/**
 * A reader that is the last one leaves SQLite's log beside the file, because it may not write. Whoever may does what the
 * next crawl would do: it folds the log into the file and removes it. While others have the file open, nothing happens.
 */
export function foldLog(path: string): void {
	try {
		const url = pathToFileURL(path);
		// Whoever has removed the file meanwhile shall not find an empty one.
		url.searchParams.set('mode', 'rw');
		using database = new DatabaseSync(url);
		database.prepare('SELECT count(*) FROM sqlite_schema').get();
	} catch {
		// On a disk that cannot be written the log stays; it is read like a part of the file.
	}
}
