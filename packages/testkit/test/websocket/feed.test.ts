import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { Feed } from '../../src/websocket/feed.ts';

test('ids grow from 1, and data that changes later changes no event', async () => {
	const feed = new Feed();
	const data = { n: 1 };
	expect([feed.publish(data), feed.publish('two'), feed.publish(null)]).toEqual([1, 2, 3]);
	data.n = 9;
	const sent: string[] = [];
	feed.follow(0, async (json) => sent.push(json) > 0);
	await nextTurn();
	expect(sent).toEqual(['{"id":1,"data":{"n":1}}', '{"id":2,"data":"two"}', '{"id":3,"data":null}']);
});

test('a follower gets what comes after its id, once each, however slow it is', async () => {
	const feed = new Feed();
	for (const n of [1, 2, 3]) feed.publish(n);
	const sent: string[] = [];
	feed.follow(2, async (json) => {
		await nextTurn();
		return sent.push(json) > 0;
	});
	for (const n of [4, 5]) feed.publish(n);
	for (let turn = 0; turn < 10; turn += 1) await nextTurn();
	feed.publish(6);
	for (let turn = 0; turn < 10; turn += 1) await nextTurn();
	expect(sent.map((json) => JSON.parse(json).id)).toEqual([3, 4, 5, 6]);
});

test('without an id, or with one that is still to come, it gets what is new', async () => {
	const feed = new Feed();
	feed.publish('old');
	const sent: string[] = [];
	for (const from of [undefined, 1, 100]) feed.follow(from, async (json) => sent.push(`${from} ${json}`) > 0);
	feed.publish('new');
	await nextTurn();
	expect(sent).toEqual([undefined, 1, 100].map((from) => `${from} {"id":2,"data":"new"}`));
});

test('no more is sent to one who has gone', async () => {
	const feed = new Feed();
	let sends = 0;
	const end = feed.follow(0, async () => {
		sends += 1;
		return false;
	});
	feed.publish(1);
	await nextTurn();
	end();
	feed.publish(2);
	await nextTurn();
	expect(sends).toBe(1);
});
