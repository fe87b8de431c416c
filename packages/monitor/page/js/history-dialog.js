/** @import { PageEvent, PageHistory } from '../../src/protocol/command.ts' */
/** @import { Result } from '../../src/protocol/watcher-messages.ts' */
import { element, make } from './dom.js';
import { dayAndClock, milliseconds } from './format.js';

/** All that is known of one URL, over the page. */
export class HistoryDialog {
	#dialog = element('history', HTMLDialogElement);
	#body = element('history-body', HTMLDivElement);
	#ask;
	#wanted = '';

	/** @param {(url: string) => Promise<Result>} ask */
	constructor(ask) {
		this.#ask = ask;
		element('history-close', HTMLButtonElement).addEventListener('click', () => this.#dialog.close());
		// A click beside the dialog meets the dialog itself, which has no padding.
		this.#dialog.addEventListener('click', ({ target }) => {
			if (target === this.#dialog) this.#dialog.close();
		});
	}

	/** @param {string} url */
	async open(url) {
		this.#wanted = url;
		this.#body.replaceChildren(address(url), make('p', { className: 'empty' }, 'Asking the crawl…'));
		if (!this.#dialog.open) this.#dialog.showModal();
		const result = await this.#ask(url);
		if (this.#wanted !== url) return;
		if (!result.ok) this.#body.replaceChildren(address(url), make('p', { className: 'error' }, result.error));
		else if (result.history !== undefined) this.#show(result.history);
	}

	/** @param {PageHistory} history */
	#show({ url, state, foundOn, events }) {
		const facts = make('dl', { className: 'facts' });
		facts.append(make('dt', {}, 'State'), make('dd', {}, state ?? 'never met'));
		facts.append(
			make('dt', {}, 'Found on'),
			make('dd', {}, foundOn === null ? 'a seed, or not known' : this.#link(foundOn)),
		);
		this.#body.replaceChildren(address(url), facts, eventTable(events));
	}

	/** @param {string} url */
	#link(url) {
		const button = make('button', { className: 'link url', title: 'Show its history' }, url);
		button.type = 'button';
		button.addEventListener('click', () => void this.open(url));
		return button;
	}
}

/** @param {string} url */
function address(url) {
	const isWeb = /^https?:\/\//i.test(url);
	const shown = isWeb ? make('a', { href: url, rel: 'noreferrer noopener', target: '_blank' }, url) : url;
	return make('p', { className: 'address' }, shown);
}

/** @param {readonly PageEvent[]} events */
function eventTable(events) {
	if (events.length === 0) return make('p', { className: 'empty' }, 'Nothing has happened to it yet.');
	const head = make('tr');
	for (const title of ['Time', 'Event', 'Status', 'Took', '']) {
		const cell = title === '' ? make('td') : make('th', {}, title);
		if (cell.tagName === 'TH') cell.setAttribute('scope', 'col');
		head.append(cell);
	}
	const rows = events.map(({ time, event, httpStatus, durationMs, text = '' }) =>
		make(
			'tr',
			{},
			make('td', {}, dayAndClock(time)),
			make('td', {}, event),
			make('td', {}, httpStatus === undefined ? '' : String(httpStatus)),
			make('td', {}, durationMs === undefined ? '' : milliseconds(durationMs)),
			make('td', { className: 'more' }, text),
		),
	);
	return make('table', { className: 'events' }, make('thead', {}, head), make('tbody', {}, ...rows));
}
