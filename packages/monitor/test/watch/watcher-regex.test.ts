import { expect, it } from 'vitest';
import { RegexError } from '../../src/filter/line-regex.ts';
import { EntryRing } from '../../src/history/entry-ring.ts';
import { storedEntry } from '../../src/history/stored-entry.ts';
import { cleanEntry } from '../../src/protocol/clean-entry.ts';
import { NumbersTable } from '../../src/sources/numbers-table.ts';
import { SourceTable } from '../../src/sources/source-table.ts';
import { SharedBatches } from '../../src/watch/shared-batches.ts';
import { Watcher } from '../../src/watch/watcher.ts';

it('a subscription whose expression becomes too slow ends, and another can follow', () => {
	const sent: string[] = [];
	const socket = {
		bufferedBytes: 0,
		send: (data: string | Buffer) => void sent.push(data.toString()),
		onText: () => undefined,
		onClose: () => undefined,
		close: () => undefined,
	};
	const ring = new EntryRing(10, 100_000);
	const entry = cleanEntry({ text: 'one' }, 0);
	if (entry !== undefined) ring.push(storedEntry(1, entry, 'shop'));
	const watcher = new Watcher({ hubId: 'hub', ring, sources: new SourceTable(), numbers: new NumbersTable() }, socket);
	const batches = new SharedBatches(ring);
	const slow = {
		next: () => {
			throw new RegexError('regex takes too long');
		},
	} as unknown as SharedBatches;
	watcher.subscribe({ type: 'subscribe', after: 0, regex: 'o' });
	const round = (of: SharedBatches) =>
		watcher.sendNext(
			of,
			() => false,
			() => undefined,
		);
	expect(round(slow)).toBe('nothing');
	expect(round(slow)).toBe('nothing');
	expect(sent.map((json) => JSON.parse(json))).toEqual([
		{ type: 'result', id: null, ok: false, error: 'regex takes too long' },
	]);
	watcher.subscribe({ type: 'subscribe', after: 0 });
	expect(round(batches)).toBe('nothing');
	expect(JSON.parse(sent[1] ?? '')).toMatchObject({ type: 'entries', last: 1, live: true });
});
