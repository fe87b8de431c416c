/** @import { CrawlNumbers } from '../../src/protocol/numbers.ts' */
import { element, make, setText } from './dom.js';
import { bytes, count, duration } from './format.js';

/** @type {Readonly<Record<string, (numbers: CrawlNumbers) => string>>} */
const TOTALS = {
	Handled: ({ handled }) => count(handled),
	'In flight': ({ leased }) => count(leased),
	Waiting: ({ waiting }) => count(waiting),
	Later: ({ delayed }) => count(delayed),
	Failed: ({ failed }) => count(failed),
	Retried: ({ pagesRetried }) => count(pagesRetried),
	Redirected: ({ redirected }) => count(redirected),
	Skipped: ({ skipped }) => count(skipped),
	Received: (numbers) => bytes(numbers.bytes),
	Running: ({ time, startedAt }) => duration(time - startedAt),
};

/** The counts of the crawl that is shown. */
export class Totals {
	/** @type {Map<string, HTMLElement>} */
	#values = new Map();

	constructor() {
		const list = element('totals', HTMLDListElement);
		for (const name of Object.keys(TOTALS)) {
			const value = make('dd');
			this.#values.set(name, value);
			list.append(make('div', {}, make('dt', {}, name), value));
		}
	}

	/** @param {CrawlNumbers} numbers */
	show(numbers) {
		for (const [name, text] of Object.entries(TOTALS)) {
			const value = this.#values.get(name);
			if (value !== undefined) setText(value, text(numbers));
		}
		this.#values.get('Failed')?.classList.toggle('bad', numbers.failed > 0);
	}
}
