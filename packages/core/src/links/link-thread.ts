import { Worker } from 'node:worker_threads';
import type { NormalizeRules } from '@orbweaver/parser';
import type { FoundLinks, LinkAnswer, LinkTask } from './found-links.ts';

/** The file beside this one; compiled, it is JavaScript. */
const WORKER = new URL(import.meta.url.endsWith('.ts') ? './link-worker.ts' : './link-worker.js', import.meta.url);

interface Waiting {
	resolve(found: FoundLinks | undefined): void;
}

/**
 * A second thread that finds the links of pages, so that the first one fetches and stores meanwhile. What is sent within
 * one turn of the event loop goes as one message.
 *
 * It never keeps the process alive, and nothing is lost with it: without an answer, the links are found here.
 */
export class LinkThread {
	readonly #worker: Worker;
	readonly #waiting = new Map<number, Waiting>();
	#tasks: (LinkTask & { readonly id: number })[] = [];
	#known: string[] = [];
	#nextId = 0;
	#isDead = false;

	constructor(urlRules: NormalizeRules) {
		this.#worker = new Worker(WORKER, { workerData: { urlRules }, stdout: false, stderr: false });
		this.#worker.unref();
		this.#worker.on('message', (answers: readonly LinkAnswer[]) => {
			for (const answer of answers) this.#answered(answer);
		});
		this.#worker.on('error', () => this.#died());
		this.#worker.on('exit', () => this.#died());
	}

	/** How many pages it has not answered. */
	get pending(): number {
		return this.#waiting.size;
	}

	/** Finds the links of a page; undefined when it cannot, and they have to be found here. */
	find(task: LinkTask): Promise<FoundLinks | undefined> {
		if (this.#isDead) return Promise.resolve(undefined);
		const id = this.#nextId++;
		// A copy goes along: the handler may still read the page.
		const bytes = new Uint8Array(task.bytes);
		if (this.#tasks.length === 0) queueMicrotask(() => this.#send());
		this.#tasks.push({ ...task, bytes, id });
		// While somebody waits for it, the process must not end.
		if (this.#waiting.size === 0) this.#worker.ref();
		return new Promise((resolve) => this.#waiting.set(id, { resolve }));
	}

	/** Tells that a request with this key is stored. */
	stored(uniqueKey: string): void {
		if (!this.#isDead) this.#known.push(uniqueKey);
	}

	async close(): Promise<void> {
		this.#died();
		await this.#worker.terminate();
	}

	#send(): void {
		const tasks = this.#tasks;
		const known = this.#known;
		this.#tasks = [];
		this.#known = [];
		if (this.#isDead) return;
		const transfer = tasks.map(({ bytes }) => bytes.buffer as ArrayBuffer);
		this.#worker.postMessage({ tasks, known }, transfer);
	}

	#answered(answer: LinkAnswer): void {
		const waiting = this.#waiting.get(answer.id);
		this.#waiting.delete(answer.id);
		if (this.#waiting.size === 0) this.#worker.unref();
		waiting?.resolve('failed' in answer ? undefined : answer);
	}

	#died(): void {
		this.#isDead = true;
		for (const { resolve } of this.#waiting.values()) resolve(undefined);
		this.#waiting.clear();
	}
}
