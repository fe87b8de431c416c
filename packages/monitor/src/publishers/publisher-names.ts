/** What the hub remembers of a publisher, so that it can come back. */
export interface KnownPublisher {
	readonly instance: string;
	/** The name that it is shown under. */
	source: string;
	/** The `seq` of the last line that was taken. */
	seq: number;
	/** Ends the connection that it has now. */
	disconnect: (() => void) | undefined;
}

/** More are forgotten, first those that have gone. */
const MOST_PUBLISHERS = 1_000;

/** The publishers that a hub has met. */
export class PublisherNames {
	readonly #byInstance = new Map<string, KnownPublisher>();

	get connected(): number {
		return [...this.#byInstance.values()].filter(({ disconnect }) => disconnect !== undefined).length;
	}

	/**
	 * The publisher of this instance, known or new. A new one whose name somebody else uses gets `-2`, `-3` and so on;
	 * the name of one that has gone is free again.
	 *
	 * @param isTaken whether a name belongs to a source that is no publisher.
	 */
	meet(instance: string, wanted: string, acked: number, isTaken: (name: string) => boolean): KnownPublisher {
		const known = this.#byInstance.get(instance);
		const publisher = known ?? { instance, source: '', seq: acked, disconnect: undefined };
		publisher.seq = Math.max(publisher.seq, acked);
		// One that never left keeps its name; one that comes back may find it used by another.
		if (publisher.disconnect === undefined) publisher.source = this.#freeName(wanted, isTaken);
		this.#byInstance.set(instance, publisher);
		if (this.#byInstance.size > MOST_PUBLISHERS) this.#forgetOne();
		return publisher;
	}

	#freeName(wanted: string, isTaken: (name: string) => boolean): string {
		const connected = [...this.#byInstance.values()].filter(({ disconnect }) => disconnect !== undefined);
		const used = new Set(connected.map(({ source }) => source));
		let name = wanted;
		for (let number = 2; used.has(name) || isTaken(name); number++) name = `${wanted}-${number}`;
		return name;
	}

	#forgetOne(): void {
		for (const [instance, { disconnect }] of this.#byInstance) {
			if (disconnect !== undefined) continue;
			this.#byInstance.delete(instance);
			return;
		}
	}
}
