import type { Answer, Asked } from './decide-answer.ts';
import { decideAnswer, statusAnswer } from './decide-answer.ts';
import type { FileFaults } from './file-faults.ts';
import type { FileVersion } from './file-version.ts';
import { fileVersion } from './file-version.ts';
import type { Representation } from './representation.ts';
import type { SendingPlan } from './sending-plan.ts';
import { sendingPlan } from './sending-plan.ts';
import type { ServedFile } from './served-file.ts';

/** What one request gets, and how it is sent. */
export interface Served extends Answer {
	readonly representation: Representation;
	readonly plan: SendingPlan;
}

/** A file of the server: its version of the moment, its faults, and what was counted. */
export class FileState {
	readonly #name: string;
	#version: FileVersion;
	#faults: FileFaults;
	#versions = 1;
	#failures = 0;
	#cuts = 0;
	#bytesServed = 0;

	constructor(name: string, file: ServedFile) {
		this.#name = name;
		this.#version = fileVersion(name, file, 0);
		this.#faults = file;
	}

	get bytesServed(): number {
		return this.#bytesServed;
	}

	setFile(file: ServedFile): void {
		this.#version = fileVersion(this.#name, file, this.#versions);
		this.#versions += 1;
		this.setFaults(file);
	}

	/** What was counted of the faults before counts no more. */
	setFaults(faults: FileFaults): void {
		this.#faults = faults;
		this.#failures = 0;
		this.#cuts = 0;
	}

	countBytes(bytes: number): void {
		this.#bytesServed += bytes;
	}

	async serve(asked: Asked): Promise<Served> {
		// Taken at once: the file may be replaced while its digest is made.
		const version = this.#version;
		const faults = this.#faults;
		const { representation } = version;
		const { status } = faults;
		if (status !== undefined && this.#failures < (status.times ?? Infinity)) {
			this.#failures += 1;
			const answer = statusAnswer(status);
			return { ...answer, representation, plan: sendingPlan(answer.length, {}, 0) };
		}
		const answer = decideAnswer(asked, version, faults, await version.reprDigest());
		const plan = sendingPlan(answer.length, faults, this.#cuts);
		if (asked.method !== 'HEAD' && plan.ending === 'cut') this.#cuts += 1;
		return { ...answer, representation, plan };
	}
}
