import { expect, it } from 'vitest';
import { InvalidRequestError } from '../../src/errors.ts';
import { milliseconds, startTimer } from '../../src/websocket/milliseconds.ts';

it.each([-1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 31, '5'])('refuses %s', (value) => {
	expect(() => milliseconds('pauseMs', value as number, 0)).toThrow(InvalidRequestError);
	expect(() => milliseconds('pauseMs', value as number, 0)).toThrow(
		`pauseMs is ${value}: give milliseconds from 0 to 2147483647.`,
	);
});

it('takes what a timer can wait for', () => {
	expect(milliseconds('pauseMs', 0.5, 0)).toBe(0.5);
	expect(milliseconds('pauseMs', 2 ** 31 - 1, 1)).toBe(2 ** 31 - 1);
	expect(() => milliseconds('pauseMs', 0, 1)).toThrow('pauseMs is 0');
});

it('starts no timer where there is no limit', async () => {
	expect(startTimer(Number.POSITIVE_INFINITY, () => undefined)).toBeUndefined();
	await new Promise<void>((resolve) => startTimer(0.5, resolve));
});
