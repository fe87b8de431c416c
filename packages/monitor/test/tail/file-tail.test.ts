import {
	appendFileSync,
	copyFileSync,
	mkdirSync,
	mkdtempSync,
	renameSync,
	rmSync,
	truncateSync,
	writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { LogInput } from '../../src/protocol/log-entry.ts';
import { FileTail } from '../../src/tail/file-tail.ts';
import { seeded } from '../seeded.ts';

/** Follows files of a folder of its own. */
async function follow(patterns: readonly string[], files: Record<string, string> = {}, tailLines = 0) {
	const folder = mkdtempSync(join(tmpdir(), 'orbweaver-tail-'));
	onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
	for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
	const entries: LogInput[] = [];
	let onLines: () => void = () => undefined;
	const tail = await FileTail.start(
		patterns.map((pattern) => join(folder, pattern)),
		{
			tailLines,
			onFile: () => undefined,
			onLines: (more) => {
				entries.push(...more);
				onLines();
			},
		},
	);
	onTestFinished(() => tail[Symbol.asyncDispose]());
	return {
		entries,
		path: (name: string) => join(folder, name),
		texts: () => entries.map(({ text }) => text),
		names: () => entries.map(({ source = '' }) => source.slice(folder.length + 1)),
		/** Resolves when so many lines were seen; a test that waits in vain runs into its timeout. */
		async until(count: number): Promise<void> {
			while (entries.length < count) await new Promise<void>((resolve) => (onLines = resolve));
		},
	};
}

describe('the start', () => {
	it.each([
		[0, 'a\nb\nc\n', []],
		[2, 'a\nb\nc\n', ['b', 'c']],
		[9, 'a\nb\nc\n', ['a', 'b', 'c']],
		[1, `${'x\n'.repeat(50_000)}last\n`, ['last']],
		[1, '', []],
	])('shows the last %d lines of what is there', async (tailLines, content, texts) => {
		const tail = await follow(['*.log'], { 'a.log': content }, tailLines);
		appendFileSync(tail.path('a.log'), 'new\n');
		await tail.until(texts.length + 1);
		expect(tail.texts()).toEqual([...texts, 'new']);
	});

	it('in the middle of a line shows the line whole', async () => {
		const tail = await follow(['*.log'], { 'a.log': 'old\nhalf ' });
		appendFileSync(tail.path('a.log'), 'a line\n');
		await tail.until(1);
		expect(tail.texts()).toEqual(['half a line']);
	});

	it('finds files by path and by pattern, each once, and no compressed ones', async () => {
		const files = { 'a.log': 'a\n', 'b[1].log': 'b\n', 'c.log.gz': 'zzz\n' };
		const tail = await follow(['b[1].log', '*.log*', 'a.log'], files, 5);
		await tail.until(2);
		expect(tail.names()).toEqual(['b[1].log', 'a.log']);
	});
});

describe('a file', () => {
	it('that comes later is shown from its first line, in a folder that comes later too', async () => {
		const tail = await follow(['**/*.log']);
		writeFileSync(tail.path('new.log'), 'one\n');
		await tail.until(1);
		mkdirSync(tail.path('deep'));
		writeFileSync(tail.path('deep/er.log'), 'two\n');
		await tail.until(2);
		expect(tail.names()).toEqual(['new.log', 'deep/er.log']);
	});

	it('that is renamed and created again loses no line and shows none twice, whether or not its new name matches', async () => {
		for (const pattern of ['a.log', 'a.log*']) {
			const tail = await follow([pattern], { 'a.log': '' });
			appendFileSync(tail.path('a.log'), 'one\n');
			const writer = await open(tail.path('a.log'), 'a');
			renameSync(tail.path('a.log'), tail.path('a.log.1'));
			await writer.write('two, by a writer that does not know yet\n');
			writeFileSync(tail.path('a.log'), 'three\n');
			await tail.until(3);
			await writer.write('four, late\n');
			await writer.close();
			await tail.until(4);
			renameSync(tail.path('a.log.1'), tail.path('a.log.2'));
			renameSync(tail.path('a.log'), tail.path('a.log.1'));
			writeFileSync(tail.path('a.log'), 'five\n');
			await tail.until(5);
			expect(tail.texts().map((text) => text.split(',')[0])).toEqual(['one', 'two', 'three', 'four', 'five']);
		}
	});

	it('that is copied and truncated is read on, also when it is longer than before at the next look', async () => {
		const tail = await follow(['a.log'], { 'a.log': '' });
		appendFileSync(tail.path('a.log'), 'one\n');
		await tail.until(1);
		copyFileSync(tail.path('a.log'), tail.path('copy'));
		truncateSync(tail.path('a.log'));
		appendFileSync(tail.path('a.log'), 'two, and longer than one\n');
		await tail.until(2);
		truncateSync(tail.path('a.log'));
		appendFileSync(tail.path('a.log'), 'x\n');
		await tail.until(3);
		writeFileSync(tail.path('a.log'), 'y\n'); // as long as before
		await tail.until(4);
		expect(tail.texts()).toEqual(['one', 'two, and longer than one', 'x', 'y']);
	});

	it('that is truncated under a writer that goes on at its old place has a hole, which is passed over', async () => {
		const tail = await follow(['a.log'], { 'a.log': '' });
		const writer = await open(tail.path('a.log'), 'w');
		onTestFinished(() => writer.close());
		await writer.write(`${'x'.repeat(9_000)}\n`);
		await tail.until(1);
		truncateSync(tail.path('a.log'));
		await writer.write('after the hole\n');
		await tail.until(2);
		expect(tail.texts()[1]).toBe('after the hole');
	});

	it('that is removed and comes back is shown from its first line', async () => {
		const tail = await follow(['a.log'], { 'a.log': '' });
		for (const round of [1, 2, 3]) {
			appendFileSync(tail.path('a.log'), `round ${round}\n`);
			await tail.until(round);
			rmSync(tail.path('a.log'));
		}
		expect(tail.texts()).toEqual(['round 1', 'round 2', 'round 3']);
	});

	it('whose last line has no end shows it after a while, and its rest as a line of its own', async () => {
		const tail = await follow(['a.log'], { 'a.log': '' });
		const [first, second] = [Buffer.from('caf\u00e9 1').subarray(0, 4), Buffer.from('caf\u00e9 1').subarray(4)];
		appendFileSync(tail.path('a.log'), first);
		await tail.until(1);
		appendFileSync(tail.path('a.log'), Buffer.concat([second, Buffer.from('\n')]));
		await tail.until(2);
		expect(tail.texts()).toEqual(['caf', 'é 1']);
	});

	it('gives moved-in lines the level of the line before', async () => {
		const tail = await follow(['a.log'], { 'a.log': '' });
		appendFileSync(tail.path('a.log'), 'ERROR it broke\n    at here.ts:1\nplain\n');
		await tail.until(3);
		expect(tail.entries.map(({ level }) => level)).toEqual(['error', 'error', 'info']);
	});
});

it('whatever is done to a log, everything is seen once, in order', async () => {
	const random = seeded();
	const tail = await follow(['a.log'], { 'a.log': '' });
	const write = (bytes: Buffer): void => appendFileSync(tail.path('a.log'), bytes);
	// Of a standstill of the machine an unfinished line may be made two: so characters are compared, not lines.
	const seen = async (length: number): Promise<void> => {
		while (tail.texts().join('').length < length) await tail.until(tail.entries.length + 1);
	};
	let expected = '';
	let before = 0;
	let pending: Buffer = Buffer.alloc(0);
	for (let number = 1; number <= 300; number++) {
		const line = `${number} – ${'€🕷é'.repeat(random.whole(0, 30))}`;
		expected += line;
		pending = Buffer.concat([pending, Buffer.from(`${line}${random.chance(0.3) ? '\r' : ''}\n`)]);
		// Written in pieces that end anywhere, also within a character.
		const piece = random.whole(0, pending.length);
		write(pending.subarray(0, piece));
		pending = pending.subarray(piece);
		if (random.chance(0.1)) await pause(random.whole(0, 120));
		if (!random.chance(0.05)) continue;
		write(pending);
		pending = Buffer.alloc(0);
		const fate = random.whole(1, 3);
		// A renamed file is read to its end if it was ever found; what is truncated or removed unread is lost to everybody.
		await seen(fate === 1 ? before + 1 : expected.length);
		before = expected.length;
		if (fate === 1) renameSync(tail.path('a.log'), tail.path(`old-${number}`));
		else if (fate === 2) truncateSync(tail.path('a.log'));
		else rmSync(tail.path('a.log'));
	}
	write(pending);
	await seen(expected.length);
	expect(tail.texts().join('')).toBe(expected);
});
