import type { StoredEntry } from '../history/stored-entry.ts';
import { LOG_LEVELS } from '../protocol/log-entry.ts';
import type { LogFilter } from '../protocol/watcher-messages.ts';
import { lineRegex } from './line-regex.ts';

/** A filter, compiled once for each subscription. */
export interface CompiledFilter {
	/** The same for filters that let the same entries through, so that watchers can share what is sent. */
	readonly key: string;
	readonly passes: (entry: StoredEntry) => boolean;
}

/** @throws RegexError for a regular expression that cannot be used. */
export function compileFilter(filter: LogFilter): CompiledFilter {
	const { level, sources, domain, text, regex } = filter;
	const tests: ((entry: StoredEntry) => boolean)[] = [];
	// The cheap ones come first.
	if (level !== undefined && level !== LOG_LEVELS[0]) {
		const rank = LOG_LEVELS.indexOf(level);
		tests.push((entry) => entry.rank >= rank);
	}
	if (sources !== undefined) {
		const names = new Set(sources);
		tests.push((entry) => names.has(entry.source));
	}
	if (domain !== undefined && domain !== '') tests.push(inDomain(domain.toLowerCase()));
	if (text !== undefined && text !== '') tests.push(inTextOrFields(holds(text)));
	if (regex !== undefined && regex !== '') tests.push(inTextOrFields(lineRegex(regex)));
	return {
		key: JSON.stringify([level, sources, domain, text, regex]),
		passes: (entry) => tests.every((test) => test(entry)),
	};
}

function inDomain(domain: string): (entry: StoredEntry) => boolean {
	const suffix = `.${domain}`;
	return (entry) => entry.domain !== undefined && (entry.domain === domain || entry.domain.endsWith(suffix));
}

function inTextOrFields(test: (text: string) => boolean): (entry: StoredEntry) => boolean {
	return (entry) => test(entry.text) || (entry.fieldsText !== '' && test(entry.fieldsText));
}

/** An escaped literal is safe for JavaScript's engine, which compares without regard to case and makes no copies. */
function holds(text: string): (subject: string) => boolean {
	const literal = new RegExp(text.replace(/[$()*+./?[\\\]^{|}]/g, '\\$&'), 'iu');
	return (subject) => literal.test(subject);
}
