import type { DownloadProgress } from '@orbweaver/http';
import cliProgress from 'cli-progress';
import { barLine } from './bar-line.ts';
import type { Job } from './job.ts';
import type { Outcome } from './outcome.ts';
import { outcomeLine } from './outcome-line.ts';
import type { ProgressView } from './progress-view.ts';
import { RunProgress } from './run-progress.ts';
import { wrapText } from './wrap-text.ts';

const { Format, MultiBar } = cliProgress;

const BAR = { barCompleteString: '█'.repeat(31), barIncompleteString: '░'.repeat(31), barGlue: '' };

/** Clears what a longer line has left. */
const CLEAR_TO_END = '\u001B[K';

/** Progress for a terminal: a bar for each file under way, below a line for all; above stays what has ended. */
export class ProgressBars implements ProgressView {
	readonly #stream: NodeJS.WriteStream;
	readonly #mostBars: number;
	readonly #run: RunProgress;
	readonly #bars = new Map<Job, cliProgress.SingleBar>();
	readonly #multiBar: cliProgress.MultiBar;
	#isClosed = false;

	constructor(stream: NodeJS.WriteStream, files: number) {
		this.#stream = stream;
		// The bars must fit: what has left the screen cannot be drawn over.
		this.#mostBars = Math.max(1, (stream.rows || 24) - 3);
		this.#run = new RunProgress(files);
		// Bars move up when others end: only drawing all of them keeps each in its line.
		this.#multiBar = new MultiBar({ stream, fps: 5, forceRedraw: true, clearOnComplete: true, gracefulExit: false });
		if (files > 1) this.#create((_, columns) => this.#run.line(columns - 1), {});
	}

	began(job: Job): void {
		this.#run.began(job);
	}

	progressed(job: Job, progress: DownloadProgress): void {
		this.#run.progressed(job, progress);
		this.#bars.get(job)?.update({ progress });
		if (this.#isClosed || this.#bars.has(job) || this.#bars.size >= this.#mostBars) return;
		const bar = this.#create(({ progress }, columns) => barLine(job.title, progress, columns, drawBar), { progress });
		this.#bars.set(job, bar);
	}

	ended(outcome: Outcome): void {
		this.#run.ended(outcome);
		const line = outcomeLine(outcome);
		if (line !== undefined) this.say(line);
		const bar = this.#bars.get(outcome.job);
		this.#bars.delete(outcome.job);
		if (bar !== undefined && !this.#isClosed) this.#multiBar.remove(bar);
	}

	say(text: string): void {
		if (this.#isClosed) {
			this.#stream.write(`${text}\n`);
			return;
		}
		// While there are bars, the terminal does not wrap.
		for (const line of wrapText(text, this.#stream.columns || 80)) this.#multiBar.log(`${line}${CLEAR_TO_END}\n`);
	}

	close(): void {
		if (this.#isClosed) return;
		this.#isClosed = true;
		// What was said last is still to be written.
		this.#multiBar.update();
		this.#multiBar.stop();
	}

	#create<Payload extends object>(
		line: (payload: Payload, columns: number) => string,
		payload: Payload,
	): cliProgress.SingleBar {
		return this.#multiBar.create(1, 0, payload, { format: (_, { maxWidth }, now: Payload) => line(now, maxWidth) });
	}
}

function drawBar(part: number, width: number): string {
	return Format.BarFormat(part, { ...BAR, barsize: width });
}
