import { expect, it } from 'vitest';
import { PlaceInLog } from '../../page/js/place-in-log.js';
import type { LogEntry } from '../../src/protocol/log-entry.ts';
import type { WatcherHello } from '../../src/protocol/watcher-messages.ts';

function hello(hub: string, newest: number): WatcherHello {
	return { type: 'hello', version: 1, hub, oldest: 1, newest, time: 0, heartbeatMs: 30_000, sources: [] };
}

function entries(...ids: number[]): { type: 'entries'; entries: LogEntry[]; last: number; live: boolean } {
	const made = ids.map((id) => ({ id, time: 0, level: 'info' as const, source: 'shop', text: String(id) }));
	return { type: 'entries', entries: made, last: Math.max(0, ...ids), live: true };
}

it('begins with some of the past, with more of it when a filter lets less through', () => {
	const place = new PlaceInLog();
	expect(place.subscription(hello('one', 30_000)).subscribe).toEqual({ type: 'subscribe', after: 28_000, hub: 'one' });
	place.start({ level: 'error' });
	expect(place.subscription(hello('one', 30_000)).subscribe).toEqual({
		type: 'subscribe',
		after: 10_000,
		hub: 'one',
		level: 'error',
	});
	expect(place.subscription(hello('one', 50)).subscribe.after).toBe(0);
});

it('goes on after the last line, and passes over what comes twice', () => {
	const place = new PlaceInLog();
	place.subscription(hello('one', 0));
	expect(place.isFresh).toBe(true);
	expect(place.take(entries(1, 2, 3)).map(({ id }) => id)).toEqual([1, 2, 3]);
	expect(place.isFresh).toBe(false);
	expect(place.subscription(hello('one', 9))).toMatchObject({ subscribe: { after: 3 }, isOtherHub: false });
	expect(place.take(entries(3, 4)).map(({ id }) => id)).toEqual([4]);
});

it('goes on after lines that did not pass the filter', () => {
	const place = new PlaceInLog();
	place.subscription(hello('one', 0));
	place.take({ ...entries(), last: 70 });
	expect(place.subscription(hello('one', 80)).subscribe.after).toBe(70);
});

it('takes all of a hub that was started anew', () => {
	const place = new PlaceInLog();
	place.subscription(hello('one', 0));
	place.take(entries(500));
	expect(place.subscription(hello('two', 3))).toMatchObject({ subscribe: { after: 0, hub: 'two' }, isOtherHub: true });
	expect(place.take(entries(1, 2)).map(({ id }) => id)).toEqual([1, 2]);
});
