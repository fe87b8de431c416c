/** @import { FailureNumbers } from '../../src/protocol/numbers.ts' */
import { element, make, setText } from './dom.js';
import { clock, count } from './format.js';

/** The latest failures; each URL opens its history. */
export class FailureList {
	#list = element('failures', HTMLOListElement);
	#count = element('failures-count', HTMLElement);
	#onChoose;
	#shown = '';

	/** @param {(url: string) => void} onChoose somebody wants the history of a URL. */
	constructor(onChoose) {
		this.#onChoose = onChoose;
	}

	/**
	 * @param {readonly FailureNumbers[]} failures the newest first.
	 * @param {number} total failures of the crawl.
	 */
	show(failures, total) {
		setText(this.#count, total > failures.length ? `${count(failures.length)} of ${count(total)}` : count(total));
		const key = failures.map(({ time, url }) => `${time} ${url}`).join('\n');
		if (key === this.#shown) return;
		this.#shown = key;
		if (failures.length === 0) this.#list.replaceChildren(make('li', { className: 'empty' }, 'None so far.'));
		else this.#list.replaceChildren(...failures.map((failure) => this.#item(failure)));
	}

	/** @param {FailureNumbers} failure */
	#item({ url, reason, httpStatus, time, foundOn }) {
		const link = make('button', { className: 'link url', title: 'Show its history' }, url);
		link.type = 'button';
		link.addEventListener('click', () => this.#onChoose(url));
		const when = make('time', { dateTime: new Date(time).toISOString() }, clock(time));
		const status = make('span', { className: 'status' }, httpStatus === null ? 'no answer' : String(httpStatus));
		const item = make('li', {}, make('div', { className: 'what' }, when, status, link));
		item.append(make('div', { className: 'why' }, withoutUrl(reason, url)));
		if (foundOn !== null) item.append(make('div', { className: 'from' }, `linked from ${foundOn}`));
		return item;
	}
}

/**
 * A reason often begins with its URL, which is there already.
 *
 * @param {string} reason
 * @param {string} url
 */
function withoutUrl(reason, url) {
	return reason.startsWith(`${url} `) ? reason.slice(url.length + 1) : reason;
}
