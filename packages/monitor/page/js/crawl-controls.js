/** @import { CommandName } from '../../src/protocol/command.ts' */
/** @import { CrawlStatus } from '../../src/protocol/numbers.ts' */
/** @import { Result, SourceInfo } from '../../src/protocol/watcher-messages.ts' */
import { element, setText } from './dom.js';

/** @type {Readonly<Record<CrawlStatus, string>>} */
const NAMES = { running: 'Running', paused: 'Paused', stopping: 'Stopping', finished: 'Finished' };

/** The state of the crawl that is shown, and the buttons that change it. */
export class CrawlControls {
	#status = element('crawl-status', HTMLElement);
	#pause = element('pause', HTMLButtonElement);
	#stop = element('stop', HTMLButtonElement);
	#confirm = element('confirm-stop', HTMLDialogElement);
	#notice = element('notice', HTMLElement);
	#ask;
	#isPaused = false;

	/** @param {(command: CommandName) => Promise<Result>} ask */
	constructor(ask) {
		this.#ask = ask;
		this.#pause.addEventListener('click', () => void this.#send(this.#isPaused ? 'resume' : 'pause', this.#pause));
		this.#stop.addEventListener('click', () => {
			this.#confirm.returnValue = '';
			this.#confirm.showModal();
		});
		this.#confirm.addEventListener('close', () => {
			if (this.#confirm.returnValue === 'stop') void this.#send('stop', this.#stop);
		});
	}

	/**
	 * @param {SourceInfo | undefined} source
	 * @param {CrawlStatus | undefined} status
	 */
	show(source, status) {
		const isGone = source?.connected !== true;
		const isOver = isGone || status === 'finished';
		this.#isPaused = status === 'paused';
		const gone = status === 'finished' ? 'Finished' : 'Ended';
		setText(this.#status, isGone ? gone : status === undefined ? 'Starting' : NAMES[status]);
		this.#status.dataset.state = isGone ? 'gone' : (status ?? 'starting');
		const can = (/** @type {CommandName} */ command) => source?.commands.includes(command) === true && !isOver;
		setText(this.#pause, this.#isPaused ? 'Resume' : 'Pause');
		this.#pause.disabled = status === 'stopping' || !can(this.#isPaused ? 'resume' : 'pause');
		this.#stop.disabled = status === 'stopping' || !can('stop');
	}

	/**
	 * @param {CommandName} command
	 * @param {HTMLButtonElement} button
	 */
	async #send(command, button) {
		button.ariaBusy = 'true';
		const result = await this.#ask(command);
		button.ariaBusy = null;
		this.#notice.hidden = result.ok;
		setText(this.#notice, result.ok ? '' : `The crawl did not ${command}: ${result.error}`);
	}
}
