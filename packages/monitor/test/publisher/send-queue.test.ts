import { expect, it } from 'vitest';
import type { Logs } from '../../src/protocol/publisher-messages.ts';
import { SendQueue } from '../../src/publisher/send-queue.ts';
import { freshEntries } from '../../src/publishers/publisher-link.ts';
import { seeded } from '../seeded.ts';

it('whatever breaks, the hub gets each line once, or knows how many it does not get', () => {
	const random = seeded();
	for (let round = 0; round < 200; round++) {
		const queue = new SendQueue(random.whole(1, 60), random.whole(2_000, 20_000));
		const taken: number[] = [];
		let seq = 0;
		let lost = 0;
		let pushed = 0;
		const total = random.whole(1, 400);
		while (pushed < total || queue.size > 0) {
			if (pushed < total && random.chance(0.7)) {
				pushed += 1;
				queue.push(JSON.stringify({ text: `${pushed} ${'x'.repeat(random.whole(0, 300))}` }));
			}
			if (random.chance(0.1)) queue.rewind(seq); // a new connection
			if (!random.chance(0.3)) continue;
			const batch = queue.next();
			if (batch === undefined) {
				if (random.chance(0.5)) queue.rewind(seq); // what was sent came to nothing
				continue;
			}
			if (random.chance(0.2)) continue; // lost on the way, and the connection with it
			const { entries } = JSON.parse(batch.message) as Logs;
			// A later message does not arrive on a connection that lost an earlier one.
			const arrived = freshEntries(seq, batch.seq, entries);
			taken.push(...arrived.fresh.map(({ text }) => Number(text.split(' ')[0])));
			lost += arrived.lost;
			seq = Math.max(seq, batch.seq);
			if (random.chance(0.8)) queue.ack(seq);
		}
		expect(new Set(taken).size).toBe(taken.length);
		expect(taken).toEqual([...taken].sort((a, b) => a - b));
		expect(taken.length + lost).toBe(total);
	}
});
