/** @import { DomainNumbers } from '../../src/protocol/numbers.ts' */
/** @import { DomainColumn } from './domain-order.js' */
import { element, make, setText } from './dom.js';
import { orderDomains } from './domain-order.js';
import { clock, count, duration, milliseconds, rate } from './format.js';

/**
 * @typedef {object} Column
 * @property {DomainColumn} key
 * @property {string} title
 * @property {string} [more] what the title means, at length.
 * @property {boolean} [isText] sorted from A at first, and to the left.
 */

/** @type {readonly Column[]} */
const COLUMNS = [
	{ key: 'name', title: 'Domain', isText: true },
	{ key: 'waiting', title: 'Waiting' },
	{ key: 'inFlight', title: 'In flight' },
	{ key: 'rate', title: 'Rate/s', more: 'Requests per second' },
	{ key: 'limit', title: 'Limit/s', more: 'Requests per second that are allowed' },
	{ key: 'p50Ms', title: 'p50', more: 'Median time to the response' },
	{ key: 'p95Ms', title: 'p95', more: '95th percentile of the time to the response' },
	{ key: 'blockedUntil', title: 'Backs off until', more: 'Nothing is sent before', isText: true },
	{ key: 'statuses', title: 'Responses', more: 'By status code; sorted by errors', isText: true },
];

/** The table of domains. Rows are kept from one look to the next, so that focus and selections stay. */
export class DomainTable {
	#body;
	#count = element('domains-count', HTMLElement);
	#onChoose;
	/** @type {Map<string, HTMLTableRowElement>} */
	#rows = new Map();
	/** @type {Map<DomainColumn, HTMLTableCellElement>} */
	#heads = new Map();
	/** @type {DomainColumn} */
	#column = 'waiting';
	#isDescending = true;
	/** @type {readonly DomainNumbers[]} */
	#domains = [];
	#now = 0;

	/** @param {(domain: string) => void} onChoose somebody chose a domain. */
	constructor(onChoose) {
		this.#onChoose = onChoose;
		const table = element('domains', HTMLTableElement);
		this.#body = /** @type {HTMLTableSectionElement} */ (table.tBodies[0]);
		for (const column of COLUMNS) {
			const button = make('button', { className: 'sort', title: column.more ?? '' }, column.title);
			button.type = 'button';
			button.addEventListener('click', () => this.#sort(column));
			const head = make('th', { className: column.isText ? 'text' : '' }, button);
			head.scope = 'col';
			this.#heads.set(column.key, head);
			table.tHead?.rows[0]?.append(head);
		}
		this.#markSorted();
	}

	/**
	 * @param {readonly DomainNumbers[]} domains
	 * @param {number} now the crawl's clock, in milliseconds since 1970.
	 */
	show(domains, now) {
		this.#domains = domains;
		this.#now = now;
		setText(this.#count, count(domains.length));
		this.#render();
	}

	/** @param {Column} column */
	#sort({ key, isText = false }) {
		this.#isDescending = key === this.#column ? !this.#isDescending : !isText || key !== 'name';
		this.#column = key;
		this.#markSorted();
		this.#render();
	}

	#markSorted() {
		for (const [key, head] of this.#heads) {
			if (key === this.#column) head.ariaSort = this.#isDescending ? 'descending' : 'ascending';
			else head.removeAttribute('aria-sort');
		}
	}

	#render() {
		const ordered = orderDomains(this.#domains, this.#column, this.#isDescending);
		const names = new Set(ordered.map(({ name }) => name));
		for (const [name, row] of this.#rows) {
			if (names.has(name)) continue;
			row.remove();
			this.#rows.delete(name);
		}
		ordered.forEach((domain, index) => {
			const row = this.#rows.get(domain.name) ?? this.#makeRow(domain.name);
			this.#fill(row, domain);
			// Moved only if it must be: moving an element takes its focus away.
			if (this.#body.rows[index] !== row) this.#body.insertBefore(row, this.#body.rows[index] ?? null);
		});
	}

	/** @param {string} name */
	#makeRow(name) {
		const button = make('button', { className: 'link', title: `Show the log of ${name}` }, name);
		button.type = 'button';
		button.addEventListener('click', () => this.#onChoose(name));
		const head = make('th', { className: 'text' }, button);
		head.scope = 'row';
		const row = make('tr', {}, head);
		for (const { isText } of COLUMNS.slice(1)) row.append(make('td', { className: isText ? 'text' : '' }));
		this.#rows.set(name, row);
		return row;
	}

	/**
	 * @param {HTMLTableRowElement} row
	 * @param {DomainNumbers} domain
	 */
	#fill(row, domain) {
		const isBlocked = domain.blockedUntil !== null && domain.blockedUntil > this.#now;
		const texts = [
			count(domain.waiting),
			count(domain.inFlight),
			rate(domain.rate),
			domain.limit === null ? 'none' : rate(domain.limit),
			milliseconds(domain.p50Ms),
			milliseconds(domain.p95Ms),
			isBlocked ? this.#blockedText(domain.blockedUntil ?? 0) : '–',
			statusText(domain.statuses),
		];
		texts.forEach((text, index) => {
			setText(/** @type {Element} */ (row.cells[index + 1]), text);
		});
		row.classList.toggle('blocked', isBlocked);
	}

	/** @param {number} until */
	#blockedText(until) {
		return `${clock(until)} (${duration(until - this.#now)})`;
	}
}

/**
 * `200 × 1,204 · 404 × 2`, in the order of the codes.
 *
 * @param {Readonly<Record<string, number>>} statuses
 */
function statusText(statuses) {
	const entries = Object.entries(statuses);
	return entries.length === 0
		? '–'
		: entries.map(([status, many]) => `${status}\u00a0×\u00a0${count(many)}`).join('\u00a0· ');
}
