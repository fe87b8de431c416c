import type { DownloadProgress } from '@orbweaver/http';
import { count, duration, size, speed } from './amounts.ts';
import type { Job } from './job.ts';
import type { Outcome } from './outcome.ts';

/** How far all files are together. */
export class RunProgress {
	readonly #files: number;
	readonly #running = new Map<Job, DownloadProgress | undefined>();
	#begun = 0;
	#there = 0;
	#failed = 0;
	#bytes = 0;

	constructor(files: number) {
		this.#files = files;
	}

	began(job: Job): void {
		this.#begun += 1;
		this.#running.set(job, undefined);
	}

	progressed(job: Job, progress: DownloadProgress): void {
		this.#running.set(job, progress);
	}

	ended(outcome: Outcome): void {
		this.#running.delete(outcome.job);
		if (outcome.status === 'failed') this.#failed += 1;
		if (outcome.status !== 'there') return;
		this.#there += 1;
		this.#bytes += outcome.there.bytes;
	}

	/**
	 * `2 of 10 files · 1 failed · 34 MiB · 3.4 MiB/s · 0:25 left`. What is left can be told only of files that were begun.
	 *
	 * @param columns how long it may be: where that is too short, the speed goes first, then the size.
	 */
	line(columns: number = Number.POSITIVE_INFINITY): string {
		const running = [...this.#running.values()];
		const bytes = running.reduce((sum, progress) => sum + (progress?.bytes ?? 0), this.#bytes);
		const bytesPerSecond = running.reduce((sum, progress) => sum + (progress?.bytesPerSecond ?? 0), 0);
		const parts = [`${this.#there} of ${count(this.#files, 'file')}`];
		if (this.#failed > 0) parts.push(`${this.#failed} failed`);
		parts.push(size(bytes), speed(bytesPerSecond));
		const left = running.map((progress) =>
			progress?.total === undefined ? Number.NaN : progress.total - progress.bytes,
		);
		const seconds = left.reduce((sum, some) => sum + some, 0) / bytesPerSecond;
		if (this.#begun === this.#files && Number.isFinite(seconds)) parts.push(`${duration(seconds)} left`);
		while (parts.length > 1 && parts.join(' · ').length > columns) parts.splice(-2, 1);
		return parts.join(' · ');
	}
}
