import { expect, it } from 'vitest';
import { CallCounter } from '../../src/call/call-counter.ts';

it('is idle when all that it counts has settled', async () => {
	const calls = new CallCounter();
	await calls.idle();
	const [first, second] = [Promise.withResolvers<number>(), Promise.withResolvers<number>()];
	const counted = [calls.count(() => first.promise), calls.count(() => second.promise)];
	const order: string[] = [];
	const idle = calls.idle().then(() => order.push('idle'));
	first.resolve(1);
	expect(await counted[0]).toBe(1);
	order.push('first');
	second.reject(new Error('broken'));
	await expect(counted[1]).rejects.toThrow('broken');
	await idle;
	expect(order).toEqual(['first', 'idle']);
});

it('waits anew for what comes after it was idle once', async () => {
	const calls = new CallCounter();
	for (const name of ['first', 'second']) {
		const work = Promise.withResolvers<void>();
		const order: string[] = [];
		const counted = calls.count(() => work.promise);
		const idle = calls.idle().then(() => order.push('idle'));
		await new Promise((resolve) => setImmediate(resolve));
		order.push(name);
		work.resolve();
		await Promise.all([counted, idle]);
		expect(order).toEqual([name, 'idle']);
	}
});
