/** @import { LogEntry } from '../../src/protocol/log-entry.ts' */
import { make } from './dom.js';
import { dayAndClock, preciseClock } from './format.js';

/**
 * A line of the log.
 *
 * @param {LogEntry} entry
 * @returns {HTMLLIElement}
 */
export function logLine({ id, time, level, source, domain, text, fields }) {
	const when = make('time', { dateTime: new Date(time).toISOString(), title: dayAndClock(time) }, preciseClock(time));
	const said = make('span', { className: 'said' }, text);
	const line = make(
		'li',
		{ className: `line ${level}` },
		when,
		make('span', { className: 'level' }, level),
		make('span', { className: 'source', title: source }, source),
		said,
	);
	line.dataset.id = String(id);
	if (domain !== undefined) said.append(' ', make('span', { className: 'domain' }, domain));
	for (const [name, value] of Object.entries(fields ?? {})) said.append(' ', field(name, value, source));
	return line;
}

/**
 * @param {string} name
 * @param {string | number | boolean | null} value
 * @param {string} source
 */
function field(name, value, source) {
	const label = make('span', { className: 'name' }, `${name}=`);
	if (name !== 'url' || typeof value !== 'string') {
		return make('span', { className: 'field' }, label, String(value));
	}
	const link = make('button', { className: 'link', title: 'Show its history' }, value);
	link.type = 'button';
	link.dataset.url = value;
	link.dataset.source = source;
	return make('span', { className: 'field' }, label, link);
}

/**
 * Something that is to be known between two lines.
 *
 * @param {string} text
 */
export function noteLine(text) {
	return make('li', { className: 'note' }, text);
}
