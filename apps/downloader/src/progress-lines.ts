import type { DownloadProgress } from '@orbweaver/http';
import type { Job } from './job.ts';
import type { Outcome } from './outcome.ts';
import { outcomeLine } from './outcome-line.ts';
import type { ProgressView } from './progress-view.ts';
import { RunProgress } from './run-progress.ts';

/** Long enough for a log, short enough to see that something happens. */
const EVERY_MS = 3_000;

/** Progress for whatever is no terminal: a line for each file that ends, and one for all now and then. */
export class ProgressLines implements ProgressView {
	readonly #stream: NodeJS.WritableStream;
	readonly #run: RunProgress;
	readonly #timer: NodeJS.Timeout;

	constructor(stream: NodeJS.WritableStream, files: number) {
		this.#stream = stream;
		this.#run = new RunProgress(files);
		this.#timer = setInterval(() => this.say(this.#run.line()), EVERY_MS).unref();
	}

	began(job: Job): void {
		this.#run.began(job);
	}

	progressed(job: Job, progress: DownloadProgress): void {
		this.#run.progressed(job, progress);
	}

	ended(outcome: Outcome): void {
		this.#run.ended(outcome);
		const line = outcomeLine(outcome);
		if (line !== undefined) this.say(line);
	}

	say(text: string): void {
		this.#stream.write(`${text}\n`);
	}

	close(): void {
		clearInterval(this.#timer);
	}
}
