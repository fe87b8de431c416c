import { InvalidRequestError } from '../errors.ts';

/**
 * What a close code says about coming back:
 *
 * | code | meaning | why |
 * |---|---|---|
 * | 1000, 1005 | `done` | the peer finished; 1005 is a close frame without a code, which browsers send by default |
 * | 1001 | `come-back` | "going away": a server that is being restarted says so, in the middle of its messages |
 * | 1006 | `come-back` | no close frame at all: a cut connection or a dead peer |
 * | 1011, 1012, 1013, 1014 | `come-back` | internal error, restart, try again later, bad gateway: all may pass |
 * | 3008 | `come-back` | timeout (IANA registry) |
 * | 1002, 1003, 1007, 1009, 1010 | `stay-away` | one side does not accept what the other sends: it would again |
 * | 1008, 3000, 3003 | `stay-away` | policy, unauthorized, forbidden |
 * | the rest of 3000–4999 | `stay-away` | defined by libraries and applications; only they know |
 *
 * Without reconnecting, `done` ends an iteration and everything else is an error: 1001 too, because messages that were
 * still to come are missing.
 */
export type CloseMeaning = 'done' | 'come-back' | 'stay-away';

/** The meaning of a close code (RFC 6455 §7.4.1 and the IANA registry of WebSocket close codes). */
export function closeMeaning(code: number): CloseMeaning {
	if (DONE.has(code)) return 'done';
	return COME_BACK.has(code) ? 'come-back' : 'stay-away';
}

const DONE: ReadonlySet<number> = new Set([1000, 1005]);
const COME_BACK: ReadonlySet<number> = new Set([1001, 1006, 1011, 1012, 1013, 1014, 3008]);

/** A close code for people, with its name where it has one and the peer's text. */
export function closeText(code: number, reason: string): string {
	const name = NAMES.get(code);
	const named = name === undefined ? String(code) : `${code} (${name})`;
	return reason === '' ? named : `${named}: ${reason}`;
}

const NAMES: ReadonlyMap<number, string> = new Map([
	[1000, 'normal closure'],
	[1001, 'going away'],
	[1002, 'protocol error'],
	[1003, 'unsupported data'],
	[1005, 'no status'],
	[1006, 'abnormal closure'],
	[1007, 'invalid payload'],
	[1008, 'policy violation'],
	[1009, 'message too big'],
	[1010, 'extension missing'],
	[1011, 'internal error'],
	[1012, 'service restart'],
	[1013, 'try again later'],
	[1014, 'bad gateway'],
	[3000, 'unauthorized'],
	[3003, 'forbidden'],
	[3008, 'timeout'],
]);

/** The longest text of a close frame, in bytes of UTF-8: a control frame holds 125, two are the code's (§5.5). */
const MAX_REASON_BYTES = 123;

/**
 * What an application may put into a close frame: 1000 or 3000–4999, and up to 123 bytes of text (RFC 6455 §5.5, §7.4).
 *
 * @throws InvalidRequestError naming the value and what would do.
 */
export function checkClose(code: number, reason: string): void {
	if (!(code === 1000 || (Number.isInteger(code) && code >= 3000 && code <= 4999))) {
		throw new InvalidRequestError(`The close code is ${String(code)}: give 1000, or one from 3000 to 4999.`);
	}
	if (typeof reason !== 'string') {
		throw new InvalidRequestError(`The close reason is of type ${typeof reason}: give a string.`);
	}
	const bytes = Buffer.byteLength(reason);
	if (bytes > MAX_REASON_BYTES) {
		throw new InvalidRequestError(`The close reason has ${bytes} bytes: give at most ${MAX_REASON_BYTES}.`);
	}
}
