/** @import { LogEntry } from '../../src/protocol/log-entry.ts' */
import { make } from './dom.js';
import { dayAndClock, preciseClock } from './format.js';

/**
 * A line of the log. Its `url` leads to the history of that URL: where the text names it, else after the text.
 *
 * @param {LogEntry} entry
 * @returns {HTMLLIElement}
 */
export function logLine({ id, time, level, source, domain, text, fields = {} }) {
	const when = make('time', { dateTime: new Date(time).toISOString(), title: dayAndClock(time) }, preciseClock(time));
	const said = make('span', { className: 'said' });
	const line = make(
		'li',
		{ className: `line ${level}` },
		when,
		make('span', { className: 'level' }, level),
		make('span', { className: 'source', title: source }, source),
		said,
	);
	line.dataset.id = String(id);
	const url = typeof fields.url === 'string' ? fields.url : undefined;
	if (url === undefined) said.append(text);
	else said.append(...linked(text, url, source));
	if (domain !== undefined && url?.includes(domain) !== true)
		said.append(' ', make('span', { className: 'domain' }, domain));
	for (const [name, value] of Object.entries(fields)) {
		if (value === url) continue;
		said.append(
			' ',
			make('span', { className: 'field' }, make('span', { className: 'name' }, `${name}=`), String(value)),
		);
	}
	return line;
}

/**
 * @param {string} text
 * @param {string} url
 * @param {string} source
 * @returns {(Node | string)[]}
 */
function linked(text, url, source) {
	const link = make('button', { className: 'link', title: 'Show its history' }, url);
	link.type = 'button';
	link.dataset.url = url;
	link.dataset.source = source;
	const at = text.indexOf(url);
	return at === -1 ? [text, ' ', link] : [text.slice(0, at), link, text.slice(at + url.length)];
}

/**
 * Something that is to be known between two lines.
 *
 * @param {string} text
 */
export function noteLine(text) {
	return make('li', { className: 'note' }, text);
}
