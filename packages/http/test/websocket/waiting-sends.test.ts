import { expect, it } from 'vitest';
import { WaitingSends } from '../../src/websocket/waiting-sends.ts';
import { rejection } from '../support/until.ts';

const late = (): Error => new Error('late');

it('are sent in their order, and settle as their sending does', async () => {
	const sends = new WaitingSends();
	const settled = [sends.add('a', 60_000, late), sends.add('b', 60_000, late), sends.add('c', 60_000, late)];
	const order: unknown[] = [];
	sends.flush(async (data) => {
		order.push(data);
		if (data === 'b') throw new Error('broken');
	});
	expect(order).toEqual(['a', 'b', 'c']);
	expect(await Promise.allSettled(settled)).toMatchObject([
		{ status: 'fulfilled' },
		{ status: 'rejected', reason: new Error('broken') },
		{ status: 'fulfilled' },
	]);
	sends.flush(async (data) => {
		order.push(data);
	});
	expect(order).toHaveLength(3);
});

it('give up when it takes too long, and are not sent then', async () => {
	const sends = new WaitingSends();
	expect(await rejection(sends.add('a', 1, late))).toEqual(late());
	let sent = 0;
	sends.flush(async () => {
		sent += 1;
	});
	expect(sent).toBe(0);
});

it('fail together', async () => {
	const sends = new WaitingSends();
	const settled = [sends.add('a', 60_000, late), sends.add('b', 60_000, late)];
	sends.fail(new Error('closed'));
	for (const send of settled) expect(await rejection(send)).toEqual(new Error('closed'));
});
