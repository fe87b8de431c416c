/** @import { CrawlNumbers } from '../../src/protocol/numbers.ts' */
import uPlot from '../vendor/uPlot.js';
import { element, make, setText } from './dom.js';
import { bytes, clock, count, duration, rate } from './format.js';
import { Series } from './series.js';
import { colour } from './theme.js';

/**
 * @typedef {object} Measure
 * @property {string} label
 * @property {(numbers: CrawlNumbers) => number | null} of
 * @property {(value: number) => string} text
 * @property {number[]} steps between the lines of the grid.
 */

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** 1, 2, 5, 10, 20, 50 … */
const ROUND_STEPS = Array.from({ length: 36 }, (_, index) =>
	[1, 2, 5].map((digit) => digit * 10 ** (index - 3)),
).flat();
const WHOLE_STEPS = ROUND_STEPS.filter((step) => step >= 1);
const BINARY_STEPS = Array.from({ length: 50 }, (_, power) => 2 ** power);
const TIME_STEPS = [SECOND, MINUTE]
	.flatMap((unit) => [1, 2, 5, 10, 15, 30].map((many) => many * unit))
	.concat([1, 2, 3, 6, 12, 24, 48, 96, 240, 480, 960, 2_400].map((many) => many * HOUR));

/** @type {Readonly<Record<string, Measure>>} */
const MEASURES = {
	pages: { label: 'Pages/s', of: (numbers) => numbers.pagesPerSecond, text: rate, steps: ROUND_STEPS },
	bytes: { label: 'Received/s', of: (numbers) => numbers.bytesPerSecond, text: bytes, steps: BINARY_STEPS },
	queue: { label: 'Queue', of: toGo, text: count, steps: WHOLE_STEPS },
	eta: { label: 'Time left', of: (numbers) => numbers.etaMs, text: duration, steps: TIME_STEPS },
};

const HEIGHT = 76;

/** Half of the width of a time below the plot. */
const LABEL_PX = 24;

/** @param {CrawlNumbers} numbers */
function toGo({ waiting, delayed, leased }) {
	return waiting + delayed + leased;
}

/** The plots over time; each crawl keeps its own values while others are shown. */
export class Plots {
	/** @type {Map<string, Series>} */
	#series = new Map();
	/** @type {Plot[]} */
	#plots = [];
	#shown = '';

	constructor() {
		const parent = element('plots', HTMLDivElement);
		this.#plots = Object.entries(MEASURES).map(([name, measure]) => new Plot(parent, name, measure));
		new ResizeObserver(() => {
			for (const plot of this.#plots) plot.resize();
		}).observe(parent);
	}

	/**
	 * @param {string} source
	 * @param {CrawlNumbers} numbers
	 */
	add(source, numbers) {
		const series = this.#series.get(source) ?? new Series(mapValues(MEASURES, ({ of }) => of));
		this.#series.set(source, series);
		series.add(numbers);
		if (source === this.#shown) this.show(source);
	}

	/** @param {string} source */
	show(source) {
		this.#shown = source;
		const series = this.#series.get(source);
		if (series === undefined) return;
		for (const plot of this.#plots) plot.draw(series.of(plot.name));
	}

	/** Takes the colours of the theme that holds now. */
	recolour() {
		for (const plot of this.#plots) plot.recolour();
		this.show(this.#shown);
	}
}

/** One plot with its latest value above it, or the value under the pointer. */
class Plot {
	name;
	#measure;
	#figure;
	#value = make('output', { className: 'value' });
	#when = make('span', { className: 'when' });
	#canvas = make('div', { className: 'canvas' });
	/** @type {[number[], (number | null)[]]} */
	#data = [[], []];
	#chart;

	/**
	 * @param {Element} parent
	 * @param {string} name
	 * @param {Measure} measure
	 */
	constructor(parent, name, measure) {
		this.name = name;
		this.#measure = measure;
		this.#value.setAttribute('aria-live', 'off');
		this.#canvas.setAttribute('role', 'img');
		this.#canvas.dataset.plot = name;
		const caption = make('figcaption', {}, make('h3', {}, measure.label), this.#when, this.#value);
		this.#figure = make('figure', { className: 'plot' }, caption, this.#canvas);
		parent.append(this.#figure);
		this.#chart = this.#makeChart();
	}

	/** @param {[number[], (number | null)[]]} data */
	draw(data) {
		this.#data = data;
		this.#chart.setData(data);
		if (!this.#canvas.matches(':hover')) this.#say(null);
		const known = data[1].filter((value) => value !== null);
		const { label, text } = this.#measure;
		const range = known.length === 0 ? 'not known' : `${text(Math.min(...known))} to ${text(Math.max(...known))}`;
		this.#canvas.setAttribute('aria-label', `${label} over time: ${range}`);
	}

	resize() {
		const width = this.#canvas.clientWidth;
		if (width > 0 && width !== this.#chart.width) this.#chart.setSize({ width, height: HEIGHT });
	}

	recolour() {
		this.#chart.destroy();
		this.#chart = this.#makeChart();
		this.resize();
	}

	/** @param {number | null | undefined} index undefined or null for the latest. */
	#say(index) {
		const [times, values] = this.#data;
		const value = values[index ?? values.length - 1] ?? null;
		setText(this.#value, value === null ? '–' : this.#measure.text(value));
		const at = index == null ? undefined : times[index];
		setText(this.#when, at === undefined ? '' : `at ${clock(at * 1_000)}`);
	}

	#makeChart() {
		const line = colour('--plot');
		const faint = colour('--muted');
		const grid = { stroke: colour('--line'), width: 1 };
		const { text, steps } = this.#measure;
		return new uPlot(
			{
				width: this.#canvas.clientWidth || 240,
				height: HEIGHT,
				padding: [6, 0, 0, 0],
				legend: { show: false },
				cursor: { y: false, drag: { setScale: false, x: false }, points: { size: 6 }, sync: { key: 'plots' } },
				scales: { y: { range: (_, __, most) => [0, most > 0 ? most * 1.1 : 1] } },
				axes: [
					{
						stroke: faint,
						grid: { show: false },
						ticks: { show: false },
						font: '10px system-ui',
						size: 16,
						gap: 2,
						space: 90,
						// A time at an edge would be cut off, or meet the other axis.
						values: (chart, splits) => splits.map((seconds) => (hasRoom(chart, seconds) ? clock(seconds * 1_000) : '')),
					},
					{
						stroke: faint,
						grid,
						ticks: { show: false },
						font: '10px system-ui',
						side: 1,
						incrs: steps,
						size: 50,
						gap: 4,
						space: 26,
						values: (_, splits) =>
							splits.map((value) => (value === 0 ? '0' : text(value).replace(/\.0(?= |$)| 00 (?:s|min)$/, ''))),
					},
				],
				series: [
					{},
					{ stroke: line, width: 1.5, fill: colour('--plot-fill'), points: { show: false }, spanGaps: false },
				],
				hooks: { setCursor: [({ cursor }) => this.#say(cursor.idx)] },
			},
			this.#data,
			this.#canvas,
		);
	}
}

/**
 * @param {uPlot} chart
 * @param {number} seconds
 */
function hasRoom(chart, seconds) {
	const at = chart.valToPos(seconds, 'x');
	return at >= LABEL_PX && at <= chart.over.clientWidth - LABEL_PX;
}

/**
 * @template From, To
 * @param {Readonly<Record<string, From>>} record
 * @param {(value: From) => To} to
 * @returns {Record<string, To>}
 */
function mapValues(record, to) {
	return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, to(value)]));
}
