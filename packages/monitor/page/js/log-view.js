/** @import { LogEntry } from '../../src/protocol/log-entry.ts' */
import { element, setText } from './dom.js';
import { count } from './format.js';
import { logLine, noteLine } from './log-line.js';
import { WaitingLines } from './waiting-lines.js';

/** Lines on the page; the oldest go. While somebody reads further up, as many again may come before they do. */
const MOST_LINES = 2_000;

/** Nearer to the end than this is at the end. */
const NEAR_PX = 24;

/** The live log. */
export class LogView {
	#list = element('lines', HTMLOListElement);
	#scroll = element('lines-scroll', HTMLElement);
	#empty = element('lines-empty', HTMLElement);
	#count = element('log-count', HTMLElement);
	#missedText = element('log-missed', HTMLElement);
	#pause = element('log-pause', HTMLButtonElement);
	#newest = element('follow', HTMLButtonElement);
	#waiting = new WaitingLines(MOST_LINES);
	#onLines;
	#missed = 0;
	#isPaused = false;
	#isFollowing = true;
	#isScheduled = false;
	#unseen = 0;
	#top = 0;

	/** @param {{ onLines: () => void, onUrl: (url: string, source: string) => void }} handlers */
	constructor({ onLines, onUrl }) {
		this.#onLines = onLines;
		this.#scroll.addEventListener('scroll', () => this.#scrolled(), { passive: true });
		this.#newest.addEventListener('click', () => this.#follow());
		this.#pause.addEventListener('click', () => this.#setPaused(!this.#isPaused));
		element('log-clear', HTMLButtonElement).addEventListener('click', () => this.clear());
		this.#list.addEventListener('click', ({ target }) => {
			if (!(target instanceof HTMLElement)) return;
			const { url, source } = target.dataset;
			if (url !== undefined && source !== undefined) onUrl(url, source);
		});
		const observer = new ResizeObserver(() => this.#keepAtEnd());
		observer.observe(this.#scroll);
		observer.observe(this.#list);
	}

	/** @param {readonly LogEntry[]} entries */
	add(entries) {
		for (const entry of entries) this.#waiting.push({ kind: 'entry', entry });
		this.#schedule();
	}

	/** @param {number} lines */
	missed(lines) {
		this.#missed += lines;
		setText(this.#missedText, `${count(this.#missed)} lines missed`);
		this.note(`${count(lines)} lines missed: the monitor had to let them go before they could be sent.`);
	}

	/** @param {string} text */
	note(text) {
		this.#waiting.push({ kind: 'note', text });
		this.#schedule();
	}

	/** Another filter holds: what is shown does not fit it. */
	restart() {
		this.#missed = 0;
		setText(this.#missedText, '');
		this.clear();
	}

	clear() {
		this.#waiting.clear();
		this.#list.replaceChildren();
		this.#unseen = 0;
		this.#follow();
		this.#say();
	}

	/** Stays where it is, to show something. */
	holdStill() {
		this.#isFollowing = false;
		this.#say();
	}

	#schedule() {
		if (this.#isScheduled) return;
		this.#isScheduled = true;
		// A page in the background gets no frames; lines must not pile up there.
		if (document.hidden) setTimeout(() => this.#render(), 200);
		else requestAnimationFrame(() => this.#render());
	}

	#render() {
		this.#isScheduled = false;
		if (!this.#isPaused) this.#append();
		this.#say();
	}

	#append() {
		const { lines, dropped } = this.#waiting.take();
		if (lines.length === 0) return;
		const shown = lines.map((line) => (line.kind === 'entry' ? logLine(line.entry) : noteLine(line.text)));
		if (dropped > 0) this.#list.replaceChildren(noteLine(`${count(dropped)} older lines are not shown.`), ...shown);
		else this.#list.append(...shown);
		const surplus = this.#list.childElementCount - (this.#isFollowing ? MOST_LINES : MOST_LINES * 2);
		for (let left = surplus; left > 0; left--) this.#list.firstElementChild?.remove();
		if (!this.#isFollowing) this.#unseen += lines.length;
		this.#keepAtEnd();
		this.#onLines();
	}

	#keepAtEnd() {
		if (!this.#isFollowing) return;
		this.#scroll.scrollTop = this.#scroll.scrollHeight;
		this.#top = this.#scroll.scrollTop;
	}

	#scrolled() {
		const { scrollTop, scrollHeight, clientHeight } = this.#scroll;
		const isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR_PX;
		// Only who scrolls up wants to stay: an end that moved away by itself is followed.
		this.#isFollowing = isAtEnd || (this.#isFollowing && scrollTop >= this.#top);
		this.#top = scrollTop;
		this.#keepAtEnd();
		if (this.#isFollowing) this.#unseen = 0;
		this.#say();
	}

	#follow() {
		this.#isFollowing = true;
		this.#unseen = 0;
		if (this.#isPaused) this.#setPaused(false);
		this.#keepAtEnd();
		this.#say();
	}

	/** @param {boolean} isPaused */
	#setPaused(isPaused) {
		this.#isPaused = isPaused;
		this.#pause.ariaPressed = String(isPaused);
		setText(this.#pause, isPaused ? 'Resume log' : 'Pause log');
		this.#render();
	}

	#say() {
		const lines = this.#list.childElementCount;
		this.#empty.hidden = lines > 0;
		const waiting = this.#isPaused ? this.#waiting.size : 0;
		setText(this.#count, `${count(lines)} lines${waiting > 0 ? ` · paused, ${count(waiting)} more` : ''}`);
		const unseen = this.#unseen + waiting;
		this.#newest.hidden = this.#isFollowing && waiting === 0;
		setText(this.#newest, unseen > 0 ? `${count(unseen)} new lines ↓` : 'Newest lines ↓');
	}
}
