import type { Command, CommandName, CommandOutcome } from '../protocol/command.ts';
import type { SourceInfo } from '../protocol/watcher-messages.ts';

/** Carries a command to a source; may reject. */
export type CommandHandler = (command: Command) => CommandOutcome | Promise<CommandOutcome>;

/** What a source says of itself. */
export interface SourceFacts {
	readonly kind: string;
	readonly pid?: number;
	readonly commands: readonly CommandName[];
	readonly handler: CommandHandler | undefined;
}

interface Source extends SourceFacts {
	readonly connected: boolean;
}

/** More are forgotten, first those that have gone. */
const MOST_SOURCES = 1_000;

/** Everybody who logs or sends numbers. */
export class SourceTable {
	readonly #sources = new Map<string, Source>();
	#version = 0;

	/** Rises with every change. */
	get version(): number {
		return this.#version;
	}

	get connected(): number {
		return [...this.#sources.values()].filter(({ connected }) => connected).length;
	}

	get(name: string): SourceFacts | undefined {
		return this.#sources.get(name);
	}

	isConnected(name: string): boolean {
		return this.#sources.get(name)?.connected ?? false;
	}

	/** Knows a source that logs, if it is not known yet. */
	ensure(name: string, kind: string): void {
		if (!this.isConnected(name)) this.set(name, { kind, commands: [], handler: undefined });
	}

	set(name: string, facts: SourceFacts): void {
		this.#sources.set(name, { ...facts, connected: true });
		if (this.#sources.size > MOST_SOURCES) this.#forgetOne(name);
		this.#version += 1;
	}

	/** It has gone; its name and its lines stay. */
	leave(name: string): void {
		const source = this.#sources.get(name);
		if (source === undefined) return;
		this.#sources.set(name, { ...source, commands: [], handler: undefined, connected: false });
		this.#version += 1;
	}

	list(): SourceInfo[] {
		return [...this.#sources].map(([name, { kind, pid, commands, connected }]) => ({
			name,
			kind,
			...(pid === undefined ? {} : { pid }),
			commands,
			connected,
		}));
	}

	#forgetOne(except: string): void {
		const names = [...this.#sources.keys()].filter((name) => name !== except);
		const gone = names.find((name) => !this.isConnected(name)) ?? names[0];
		if (gone !== undefined) this.#sources.delete(gone);
	}
}
