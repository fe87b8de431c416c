import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import {
	isAlive,
	judgeLock,
	type LockFacts,
	parseHolder,
	processStart,
} from '../../../src/download/disk/lock-holder.ts';

const holder = { pid: 7, place: 'here', started: 'boot 1', token: 't' };
const facts: LockFacts = { place: 'here', alive: true, started: 'boot 1', ours: 'unknown', unchangedMs: 0 };

describe('judgeLock', () => {
	it.each([
		['a living process', facts, 'held'],
		['one whose start is not known', { ...facts, started: undefined }, 'held'],
		['a dead process', { ...facts, alive: false }, 'left'],
		['a process that has the id of a dead one', { ...facts, started: 'boot 2' }, 'left'],
		['this process, which does not have it', { ...facts, ours: 'not-held' }, 'left'],
		['somebody elsewhere', { ...facts, place: 'there', alive: false }, 'watch'],
		['somebody elsewhere, long silent', { ...facts, place: 'there', unchangedMs: 15_000 }, 'left'],
	] as const)('of %s', (_name, known, verdict) => {
		expect(judgeLock(holder, known)).toBe(verdict);
	});

	it('watches for a moment what cannot be read', () => {
		expect(judgeLock(undefined, facts)).toBe('watch');
		expect(judgeLock(undefined, { ...facts, unchangedMs: 2_000 })).toBe('left');
	});
});

it('tells the living from the dead', () => {
	const { pid } = spawnSync(process.execPath, ['-e', '']);
	expect(isAlive(process.pid)).toBe(true);
	expect(isAlive(pid)).toBe(false);
});

it('tells when a process was started, where the system does', async () => {
	const started = await processStart(process.pid);
	expect(await processStart(process.pid)).toBe(started);
	if (process.platform === 'linux') expect(started).toMatch(/^[\da-f-]{36} \d+$/);
	else expect(started).toBeUndefined();
});

it('reads a holder, and nothing else', () => {
	expect(parseHolder(JSON.stringify(holder))).toEqual(holder);
	expect(parseHolder(JSON.stringify({ ...holder, started: undefined }))).toMatchObject({ started: undefined });
	for (const text of ['', '{', '[]', 'null', '{"pid":"7","place":"here","token":"t"}']) {
		expect(parseHolder(text)).toBeUndefined();
	}
});
