import { isLevel } from './clean-entry.ts';
import { COMMANDS, type CommandName } from './command.ts';
import type { LogLevel } from './log-entry.ts';
import { MalformedMessage } from './malformed-message.ts';
import { parseObject } from './parse-object.ts';
import type { MessageFromWatcher, Subscribe } from './watcher-messages.ts';

const MOST_TEXT = 1_000;
const MOST_URL = 8_192;
const MOST_SOURCES = 1_000;

/** @throws MalformedMessage */
export function readWatcherMessage(json: string): MessageFromWatcher {
	const message = parseObject(json);
	switch (message.type) {
		case 'subscribe':
			return readSubscribe(message);
		case 'command':
			return {
				type: 'command',
				id: wholeNumber('id', message.id),
				source: text('source', message.source, MOST_TEXT),
				command: command(message.command),
				...(message.url === undefined ? {} : { url: text('url', message.url, MOST_URL) }),
			};
		default:
			throw new MalformedMessage('type must be subscribe or command');
	}
}

function readSubscribe(message: Record<string, unknown>): Subscribe {
	const { after, hub, level: least, sources, domain, text: held, regex } = message;
	return {
		type: 'subscribe',
		...(after === undefined ? {} : { after: wholeNumber('after', after) }),
		...(hub === undefined ? {} : { hub: text('hub', hub, MOST_TEXT) }),
		...(least === undefined ? {} : { level: level(least) }),
		...(sources === undefined ? {} : { sources: names(sources) }),
		...(domain === undefined ? {} : { domain: text('domain', domain, MOST_TEXT) }),
		...(held === undefined ? {} : { text: text('text', held, MOST_TEXT) }),
		...(regex === undefined ? {} : { regex: text('regex', regex, MOST_TEXT) }),
	};
}

function wholeNumber(name: string, value: unknown): number {
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
	throw new MalformedMessage(`${name} must be a whole number from 0`);
}

function text(name: string, value: unknown, most: number): string {
	if (typeof value === 'string' && value.length <= most) return value;
	throw new MalformedMessage(`${name} must be a text of at most ${most} characters`);
}

function level(value: unknown): LogLevel {
	if (isLevel(value)) return value;
	throw new MalformedMessage('level must be debug, info, warning or error');
}

function names(value: unknown): readonly string[] {
	if (Array.isArray(value) && value.length <= MOST_SOURCES)
		return value.map((name) => text('sources', name, MOST_TEXT));
	throw new MalformedMessage(`sources must be a list of at most ${MOST_SOURCES} names`);
}

function command(value: unknown): CommandName {
	const known = COMMANDS.find((name) => name === value);
	if (known === undefined) throw new MalformedMessage(`command must be one of ${COMMANDS.join(', ')}`);
	return known;
}
