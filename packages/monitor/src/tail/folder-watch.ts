import { type FSWatcher, watch } from 'node:fs';

/** Tells when something happens in one of many folders. Only a hint: what it misses, a slow poll finds. */
export class FolderWatch implements Disposable {
	readonly #onChange: (isNewName: boolean) => void;
	readonly #watchers = new Map<string, FSWatcher>();

	/** @param onChange told whether a name has come or gone, or else a file has changed. */
	constructor(onChange: (isNewName: boolean) => void) {
		this.#onChange = onChange;
	}

	add(folder: string): void {
		if (this.#watchers.has(folder)) return;
		try {
			const watcher = watch(folder, { persistent: false }, (event) => this.#onChange(event === 'rename'));
			watcher.on('error', () => this.#remove(folder));
			this.#watchers.set(folder, watcher);
		} catch {
			// No such folder yet, or the system has no watches left: the poll goes on.
		}
	}

	#remove(folder: string): void {
		this.#watchers.get(folder)?.close();
		this.#watchers.delete(folder);
	}

	[Symbol.dispose](): void {
		for (const watcher of this.#watchers.values()) watcher.close();
		this.#watchers.clear();
	}
}
