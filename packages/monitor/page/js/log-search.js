import { element, setText } from './dom.js';
import { count } from './format.js';

/** Matches are looked for again at most this often while lines come. */
const AGAIN_MS = 300;

/** Finds a text in the lines that are shown, and goes from match to match. */
export class LogSearch {
	#input = element('search', HTMLInputElement);
	#count = element('search-count', HTMLElement);
	#list = element('lines', HTMLOListElement);
	#onGo;
	/** @type {Element | undefined} */
	#current;
	/** @type {ReturnType<typeof setTimeout> | undefined} */
	#timer;

	/** @param {() => void} onGo somebody goes to a match. */
	constructor(onGo) {
		this.#onGo = onGo;
		this.#input.addEventListener('input', () => this.#mark());
		this.#input.addEventListener('keydown', (event) => {
			if (event.key === 'Enter') this.#go(event.shiftKey ? -1 : 1);
		});
		element('search-next', HTMLButtonElement).addEventListener('click', () => this.#go(1));
		element('search-previous', HTMLButtonElement).addEventListener('click', () => this.#go(-1));
		addEventListener('keydown', (event) => {
			const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
			if (event.key !== '/' || isTyping || document.querySelector('dialog[open]') !== null) return;
			event.preventDefault();
			this.#input.focus();
		});
	}

	/** Lines have come. */
	again() {
		if (this.#input.value === '' || this.#timer !== undefined) return;
		this.#timer = setTimeout(() => {
			this.#timer = undefined;
			this.#mark();
		}, AGAIN_MS);
	}

	#mark() {
		const wanted = this.#input.value.toLowerCase();
		for (const line of this.#list.children) line.classList.toggle('hit', wanted !== '' && holds(line, wanted));
		this.#say();
	}

	/** @param {1 | -1} step */
	#go(step) {
		this.#mark();
		const hits = this.#hits();
		if (hits.length === 0) return;
		const at = this.#current === undefined ? -1 : hits.indexOf(this.#current);
		// The first look goes to the newest match, which is where one reads.
		const next = at === -1 ? hits.length - 1 : (at + step + hits.length) % hits.length;
		this.#current?.classList.remove('current');
		this.#current = hits[next];
		this.#current?.classList.add('current');
		this.#onGo();
		this.#current?.scrollIntoView({ block: 'center' });
		this.#say();
	}

	#hits() {
		return [...this.#list.getElementsByClassName('hit')];
	}

	#say() {
		const hits = this.#hits();
		const at = this.#current === undefined ? -1 : hits.indexOf(this.#current);
		const of = at === -1 ? '' : `${count(at + 1)} of `;
		setText(this.#count, this.#input.value === '' ? '' : `${of}${count(hits.length)}`);
	}
}

/**
 * @param {Element} line
 * @param {string} wanted in small letters.
 */
function holds(line, wanted) {
	return line.textContent.toLowerCase().includes(wanted);
}
