import { COMMANDS, type CommandName, type CommandOutcome, type PageEvent, type PageHistory } from './command.ts';
import type { LogInput } from './log-entry.ts';
import { MalformedMessage } from './malformed-message.ts';
import { parseObject } from './parse-object.ts';
import type { MessageFromPublisher, PublisherHello } from './publisher-messages.ts';
import { readNumbers } from './read-numbers.ts';
import { isRecord } from './record.ts';
import { PROTOCOL_VERSION } from './version.ts';

const MOST_NAME = 200;
const MOST_ENTRIES = 10_000;

/** @throws MalformedMessage */
export function readPublisherMessage(json: string): MessageFromPublisher {
	const message = parseObject(json);
	switch (message.type) {
		case 'hello':
			return readHello(message);
		case 'logs':
			return { type: 'logs', seq: wholeNumber('seq', message.seq), entries: entries(message.entries) };
		case 'numbers': {
			const numbers = readNumbers(message.numbers);
			if (numbers === undefined) throw new MalformedMessage('numbers are not the numbers of a crawl');
			return { type: 'numbers', numbers };
		}
		case 'result':
			return { ...readOutcome(message), type: 'result', id: wholeNumber('id', message.id) };
		default:
			throw new MalformedMessage('type must be hello, logs, numbers or result');
	}
}

function readHello(message: Record<string, unknown>): PublisherHello {
	if (message.version !== PROTOCOL_VERSION) {
		throw new MalformedMessage(`version must be ${PROTOCOL_VERSION}: use the same release on both sides`);
	}
	return {
		type: 'hello',
		version: PROTOCOL_VERSION,
		source: name('source', message.source),
		kind: name('kind', message.kind),
		pid: wholeNumber('pid', message.pid),
		instance: name('instance', message.instance),
		acked: wholeNumber('acked', message.acked),
		commands: commands(message.commands),
	};
}

function wholeNumber(label: string, value: unknown): number {
	if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
	throw new MalformedMessage(`${label} must be a whole number from 0`);
}

function name(label: string, value: unknown): string {
	if (typeof value === 'string' && value !== '' && value.length <= MOST_NAME) return value;
	throw new MalformedMessage(`${label} must be a text of 1 to ${MOST_NAME} characters`);
}

function commands(value: unknown): readonly CommandName[] {
	// Commands of a later release are passed over.
	if (Array.isArray(value)) return COMMANDS.filter((known) => value.includes(known));
	throw new MalformedMessage('commands must be a list');
}

function entries(value: unknown): readonly LogInput[] {
	if (!Array.isArray(value) || value.length > MOST_ENTRIES || !value.every(hasText)) {
		throw new MalformedMessage(`entries must be a list of at most ${MOST_ENTRIES} objects with a text`);
	}
	return value;
}

function hasText(value: unknown): value is LogInput {
	return isRecord(value) && typeof value.text === 'string';
}

function readOutcome(message: Record<string, unknown>): CommandOutcome {
	if (message.ok === false) {
		return { ok: false, error: typeof message.error === 'string' ? message.error : 'It failed.' };
	}
	if (message.ok !== true) throw new MalformedMessage('ok must be true or false');
	return message.history === undefined ? { ok: true } : { ok: true, history: readHistory(message.history) };
}

function readHistory(value: unknown): PageHistory {
	if (!isRecord(value) || typeof value.url !== 'string' || !Array.isArray(value.events)) {
		throw new MalformedMessage('history must have a url and events');
	}
	const { url, state, foundOn, events } = value;
	if (!events.every(isPageEvent)) throw new MalformedMessage('events must have a time and an event');
	return {
		url,
		state: typeof state === 'string' ? state : null,
		foundOn: typeof foundOn === 'string' ? foundOn : null,
		events,
	};
}

function isPageEvent(value: unknown): value is PageEvent {
	return isRecord(value) && typeof value.time === 'number' && typeof value.event === 'string';
}
