/** @import { CrawlNumbers } from '../../src/protocol/numbers.ts' */
/** @import { SourceInfo } from '../../src/protocol/watcher-messages.ts' */
import { Connection } from './connection.js';
import { ConnectionStateView } from './connection-state.js';
import { CrawlControls } from './crawl-controls.js';
import { CrawlSelect } from './crawl-select.js';
import { DomainTable } from './domain-table.js';
import { FailureList } from './failure-list.js';
import { HistoryDialog } from './history-dialog.js';
import { LogFilterForm } from './log-filter.js';
import { LogSearch } from './log-search.js';
import { LogView } from './log-view.js';
import { Plots } from './plots.js';
import { listenForTheme } from './theme.js';
import { Totals } from './totals.js';

/** @type {readonly SourceInfo[]} */
let sources = [];
/** @type {Map<string, CrawlNumbers>} */
const latest = new Map();
let historySource = '';

const connection = new Connection({
	onState: (state) => connectionState.show(state),
	onEntries: (entries) => log.add(entries),
	onMissed: ({ count }) => log.missed(count),
	onRefused: (reason) => filter.refuse(reason),
	onOtherHub: () => log.note('The monitor was started anew.'),
	onSources: (all) => {
		sources = all;
		filter.showSources(all);
		showCrawls();
	},
	onNumbers: ({ source, numbers }) => {
		latest.set(source, numbers);
		plots.add(source, numbers);
		showCrawls();
	},
});

const connectionState = new ConnectionStateView(() => connection.retryNow());
const crawls = new CrawlSelect(() => showCrawl());
const controls = new CrawlControls((command) => connection.command(crawls.value, command));
const history = new HistoryDialog((url) => connection.command(historySource, 'history', url));
const totals = new Totals();
const plots = new Plots();
const failures = new FailureList((url) => openHistory(url, crawls.value));
const log = new LogView({ onLines: () => search.again(), onUrl: openHistory });
const search = new LogSearch(() => log.holdStill());
const filter = new LogFilterForm((wanted) => {
	log.restart();
	connection.watch(wanted);
});
const domains = new DomainTable((domain) => {
	filter.chooseDomain(domain);
	document.getElementById('log')?.scrollIntoView();
});

// Whoever has no mouse scrolls with the arrow keys.
for (const scroller of document.querySelectorAll('.scroll, .lines-scroll')) scroller.setAttribute('tabindex', '0');

listenForTheme(() => plots.recolour());
connection.watch({});

/**
 * @param {string} url
 * @param {string} source
 */
function openHistory(url, source) {
	historySource = source;
	void history.open(url);
}

/** A crawl is who sends numbers or takes commands; files and processes that only log are not among them. */
function showCrawls() {
	const known = sources.filter(
		({ name, kind, commands }) => latest.has(name) || kind === 'crawl' || commands.length > 0,
	);
	crawls.show(known);
	document.body.dataset.view = known.length === 0 ? 'log' : 'crawl';
	for (const part of document.querySelectorAll('.crawl-only')) part.toggleAttribute('hidden', known.length === 0);
	showCrawl();
}

function showCrawl() {
	const name = crawls.value;
	const numbers = latest.get(name);
	controls.show(
		sources.find((source) => source.name === name),
		numbers?.status,
	);
	plots.show(name);
	if (numbers === undefined) return;
	totals.show(numbers);
	domains.show(numbers.domains, numbers.time);
	failures.show(numbers.failures, numbers.failed);
}
