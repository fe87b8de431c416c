import type { Command, CommandOutcome } from '../protocol/command.ts';
import type { PublisherCommand } from '../protocol/publisher-messages.ts';

/** Commands that were sent to a publisher and have no result yet. */
export class PendingCommands {
	readonly #waiting = new Map<number, (outcome: CommandOutcome) => void>();
	#id = 0;

	/** Sends a command and resolves with its result. */
	ask(command: Command, send: (message: PublisherCommand) => void): Promise<CommandOutcome> {
		this.#id += 1;
		const id = this.#id;
		return new Promise((resolve) => {
			this.#waiting.set(id, resolve);
			send({ ...command, type: 'command', id });
		});
	}

	answer(id: number, outcome: CommandOutcome): void {
		this.#waiting.get(id)?.(outcome);
		this.#waiting.delete(id);
	}

	/** The publisher has gone. */
	giveUp(): void {
		for (const resolve of this.#waiting.values()) resolve({ ok: false, error: 'The connection to it was lost.' });
		this.#waiting.clear();
	}
}
