/** @import { LogFilter, SourceInfo } from '../../src/protocol/watcher-messages.ts' */
import { element, make, setText } from './dom.js';

const TYPING_MS = 250;

/** The form above the log. */
export class LogFilterForm {
	#form = element('filter', HTMLFormElement);
	#error = element('filter-error', HTMLElement);
	#summary = /** @type {HTMLElement} */ (element('source-menu', HTMLDetailsElement).querySelector('summary'));
	#list = element('source-list', HTMLDivElement);
	#onChange;
	#latest = '{}';
	/** @type {ReturnType<typeof setTimeout> | undefined} */
	#typing;

	/** @param {(filter: LogFilter) => void} onChange */
	constructor(onChange) {
		this.#onChange = onChange;
		this.#form.addEventListener('submit', (event) => event.preventDefault());
		this.#form.addEventListener('input', () => {
			clearTimeout(this.#typing);
			this.#typing = setTimeout(() => this.#changed(), TYPING_MS);
		});
		// The event comes before the fields are reset.
		this.#form.addEventListener('reset', () => setTimeout(() => this.#changed()));
		const menu = element('source-menu', HTMLDetailsElement);
		document.addEventListener('click', ({ target }) => {
			if (target instanceof Node && !menu.contains(target)) menu.open = false;
		});
		menu.addEventListener('keydown', ({ key }) => {
			if (key !== 'Escape') return;
			menu.open = false;
			this.#summary.focus();
		});
	}

	/** @param {readonly SourceInfo[]} sources */
	showSources(sources) {
		const ticked = new Set(this.#tickedSources());
		this.#list.replaceChildren(
			...sources.map(({ name, connected }) => {
				const box = make('input');
				box.type = 'checkbox';
				box.name = 'source';
				box.value = name;
				box.checked = ticked.has(name);
				return make('label', { className: 'check' }, box, connected ? name : `${name} (ended)`);
			}),
		);
		this.#sayTicked();
	}

	/** @param {string} domain */
	chooseDomain(domain) {
		this.#field('domain').value = domain;
		this.#changed();
	}

	/** @param {string} reason why the filter cannot be used; empty when it can. */
	refuse(reason) {
		setText(this.#error, reason);
		this.#field('text').ariaInvalid = reason === '' ? null : 'true';
	}

	#changed() {
		this.#sayTicked();
		const filter = this.#read();
		const json = JSON.stringify(filter);
		if (json === this.#latest) return;
		this.#latest = json;
		this.refuse('');
		this.#onChange(filter);
	}

	/** @returns {LogFilter} */
	#read() {
		const level = /** @type {LogFilter['level']} */ (this.#field('level').value);
		const sources = this.#tickedSources();
		const domain = this.#field('domain').value.trim();
		const text = this.#field('text').value;
		const isRegex = /** @type {HTMLInputElement} */ (this.#field('isRegex')).checked;
		return {
			...(level === undefined || level === 'debug' ? {} : { level }),
			...(sources.length === 0 ? {} : { sources }),
			...(domain === '' ? {} : { domain }),
			...(text === '' ? {} : isRegex ? { regex: text } : { text }),
		};
	}

	#tickedSources() {
		return [...this.#list.querySelectorAll('input')].filter(({ checked }) => checked).map(({ value }) => value);
	}

	#sayTicked() {
		const ticked = this.#tickedSources();
		const [only] = ticked;
		const many = ticked.length === 0 || only === undefined ? 'All sources' : `${ticked.length} sources`;
		setText(this.#summary, ticked.length === 1 && only !== undefined ? only : many);
	}

	/** @param {string} name */
	#field(name) {
		return /** @type {HTMLInputElement | HTMLSelectElement} */ (this.#form.elements.namedItem(name));
	}
}
