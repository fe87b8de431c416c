import { describe, expect, it } from 'vitest';
import { pause } from '../../src/call/pause.ts';
import { AbortedError } from '../../src/errors.ts';
import { rejection } from '../support/until.ts';

const request = { method: 'GET', url: 'http://a.test/' };
const never = new AbortController().signal;

describe('pause', () => {
	it('ends after the delay', async () => {
		expect(await pause(0, { ...request, signal: undefined }, never)).toBeUndefined();
		expect(await pause(1, { ...request, signal: undefined }, never)).toBeUndefined();
	});

	it('waits for longer than a timer can', async () => {
		const controller = new AbortController();
		let over = false;
		const waiting = pause(2 ** 40, { ...request, signal: controller.signal }, never);
		const ended = rejection(waiting).finally(() => {
			over = true;
		});
		await new Promise((resolve) => setTimeout(resolve, 50));
		expect(over).toBe(false);
		controller.abort('enough');
		expect(await ended).toMatchObject({ code: 'ORB_HTTP_ABORTED', cause: 'enough' });
	});

	it('ends with the client', async () => {
		const ended = new AbortController();
		const waiting = rejection(pause(60_000, { ...request, signal: undefined }, ended.signal));
		ended.abort();
		const error = await waiting;
		expect(error).toBeInstanceOf(AbortedError);
		expect(String(error)).toContain('the client was destroyed');
	});
});
