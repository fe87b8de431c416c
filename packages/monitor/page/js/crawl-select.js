/** @import { SourceInfo } from '../../src/protocol/watcher-messages.ts' */
import { element, make } from './dom.js';

/** Which crawl is shown. The newest is, until somebody chooses. */
export class CrawlSelect {
	#select = element('crawl', HTMLSelectElement);
	#isChosen = false;

	/** @param {() => void} onChange */
	constructor(onChange) {
		this.#select.addEventListener('change', () => {
			this.#isChosen = true;
			onChange();
		});
	}

	/** The name of the crawl that is shown; empty when there is none. */
	get value() {
		return this.#select.value;
	}

	/** @param {readonly SourceInfo[]} crawls the oldest first. */
	show(crawls) {
		const before = this.#select.value;
		const options = crawls.map(({ name, connected }) => {
			const option = make('option', {}, connected ? name : `${name} (ended)`);
			option.value = name;
			return option;
		});
		this.#select.replaceChildren(...options);
		const living = crawls.filter(({ connected }) => connected);
		const isThere = living.some(({ name }) => name === before);
		const latest = (living.at(-1) ?? crawls.at(-1))?.name ?? '';
		this.#select.value = before !== '' && (this.#isChosen || isThere) ? before : latest;
		if (this.#select.value === '') this.#select.value = latest;
	}
}
