import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type DownloadState, formatState, parseState } from '../../../src/download/disk/download-state.ts';

const STATE: DownloadState = {
	url: 'https://host/file?signature=1',
	file: {
		size: 1_000,
		validator: { kind: 'etag', value: '"é\\"' },
		ranges: 'accepted',
		encoded: false,
		digests: [{ algorithm: 'sha256', bytes: Buffer.alloc(32, 7) }],
		lastModified: 'Wed, 21 Oct 2015 07:28:00 GMT',
		contentType: 'text/plain',
	},
	held: [
		{ start: 0, end: 10 },
		{ start: 500, end: 1_000 },
	],
	mixed: false,
	finished: false,
	startedAt: '2030-01-01T00:00:00.000Z',
};

/** The state's text with some of its fields replaced. */
const changed = (fields: object): string => JSON.stringify({ ...JSON.parse(formatState(STATE)), ...fields });

it('is read as it was written', () => {
	const bare = { ...STATE.file, digests: [], lastModified: undefined, contentType: undefined };
	expect(parseState(formatState(STATE))).toEqual(STATE);
	expect(parseState(formatState({ ...STATE, file: bare, held: [] }))).toEqual({ ...STATE, file: bare, held: [] });
	expect(parseState(changed({}))).toEqual(STATE);
});

it.each([
	['another format', changed({ version: 2 })],
	['no format', changed({ version: undefined })],
	['no URL', changed({ url: 5 })],
	['no size', changed({ size: undefined })],
	['a negative size', changed({ size: -1 })],
	['a weak kind of validator', changed({ validator: { kind: 'weak', value: '1' } })],
	['no validator', changed({ validator: null })],
	['ranges beyond the end', changed({ held: [[0, 1_001]] })],
	['ranges backwards', changed({ held: [[10, 5]] })],
	['ranges of text', changed({ held: [['0', '5']] })],
	['ranges of one number', changed({ held: [[0]] })],
	['no ranges', changed({ held: {} })],
	['a digest of a wrong length', changed({ digests: { sha256: 'AAAA' } })],
	['a list', '[]'],
	['nothing', ''],
	['zeros', '\0'.repeat(100)],
])('counts for nothing with %s', (_name, text) => {
	expect(parseState(text)).toBeUndefined();
});

it('counts for nothing when it was cut anywhere', () => {
	const text = formatState(STATE).trimEnd();
	for (let length = 0; length < text.length; length++) expect(parseState(text.slice(0, length))).toBeUndefined();
});

it('is either what it was or undefined after any change of a byte, and never throws', () => {
	const text = formatState(STATE);
	fc.assert(
		fc.property(fc.nat(text.length - 1), fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }), (at, character) => {
			const state = parseState(text.slice(0, at) + character + text.slice(at + 1));
			for (const { start, end } of state?.held ?? []) {
				expect(start).toBeLessThan(end);
				expect(end).toBeLessThanOrEqual(state?.file.size ?? 0);
			}
		}),
	);
});
