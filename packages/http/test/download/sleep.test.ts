import { expect, it } from 'vitest';
import { sleep } from '../../src/download/sleep.ts';
import { rejection } from '../support/until.ts';

it('ends after the delay', async () => {
	expect(await sleep(1, new AbortController().signal)).toBeUndefined();
});

it.each([2 ** 40, Number.POSITIVE_INFINITY])(
	'%d ms are longer than a timer takes, and do not end at once',
	async (delayMs) => {
		const controller = new AbortController();
		let over = false;
		const ended = rejection(sleep(delayMs, controller.signal)).finally(() => {
			over = true;
		});
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(over).toBe(false);
		const reason = new Error('enough');
		controller.abort(reason);
		expect(await ended).toBe(reason);
	},
);
