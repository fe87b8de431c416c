/** @import { ConnectionState } from './connection.js' */
import { element, setText } from './dom.js';

/** Says how the connection is. The seconds are counted outside of the live region, which would read them all out. */
export class ConnectionStateView {
	#badge = element('connection', HTMLElement);
	#seconds = element('retry-in', HTMLElement);
	#retry = element('retry', HTMLButtonElement);
	/** @type {ReturnType<typeof setInterval> | undefined} */
	#timer;

	/** @param {() => void} onRetry */
	constructor(onRetry) {
		this.#retry.addEventListener('click', onRetry);
	}

	/** @param {ConnectionState} state */
	show(state) {
		clearInterval(this.#timer);
		this.#badge.dataset.state = state.kind;
		this.#retry.hidden = state.kind !== 'lost';
		setText(this.#seconds, '');
		switch (state.kind) {
			case 'connecting':
				return setText(this.#badge, 'Connecting…');
			case 'live':
				return setText(this.#badge, 'Live');
			case 'signed-out':
				return setText(this.#badge, 'Signed out: open the address with the token again');
			case 'lost':
				setText(this.#badge, 'Connection lost, trying again');
				this.#countDown(state.retryAt);
				this.#timer = setInterval(() => this.#countDown(state.retryAt), 1_000);
		}
	}

	/** @param {number} retryAt */
	#countDown(retryAt) {
		const seconds = Math.ceil((retryAt - Date.now()) / 1_000);
		setText(this.#seconds, seconds > 0 ? `in ${seconds} s` : 'now');
	}
}
