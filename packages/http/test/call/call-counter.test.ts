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
