import type { Answered } from './page-numbers.ts';

/** Who watches the pages of a run hears of these. */
export interface PageWatch {
	answered(answered: Answered): void;
	finished(): void;
	retried(): void;
	failed(url: string, reason: string, httpStatus: number | undefined): Promise<void>;
}
