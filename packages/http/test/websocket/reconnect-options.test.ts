import { expect, it } from 'vitest';
import { InvalidRequestError } from '../../src/errors.ts';
import { reconnectSettings } from '../../src/websocket/reconnect-options.ts';

it('is off, on with defaults, or set in part', () => {
	expect(reconnectSettings(false)).toBeUndefined();
	const defaults = {
		maxAttempts: 10,
		baseMs: 500,
		maxDelayMs: 30_000,
		stableMs: 10_000,
		maxRetryAfterMs: 300_000,
		when: undefined,
	};
	expect(reconnectSettings(true)).toEqual(defaults);
	expect(reconnectSettings({ maxAttempts: Number.POSITIVE_INFINITY, baseMs: 1 })).toEqual({
		...defaults,
		maxAttempts: Number.POSITIVE_INFINITY,
		baseMs: 1,
	});
});

it.each([
	[{ maxAttempt: 3 }, 'did you mean "maxAttempts"'],
	[{ maxAttempts: 0 }, 'reconnect.maxAttempts is 0'],
	[{ baseMs: -1 }, 'reconnect.baseMs is -1'],
	[{ maxDelayMs: Number.POSITIVE_INFINITY }, 'reconnect.maxDelayMs is Infinity'],
	[{ stableMs: Number.NaN }, 'reconnect.stableMs is NaN'],
	[{ maxRetryAfterMs: 2 ** 40 }, 'reconnect.maxRetryAfterMs is'],
	[{ when: true }, 'reconnect.when is of type boolean: give a function.'],
	[5, 'reconnect is 5: give true, false or an object.'],
	[null, 'reconnect is null'],
])('refuses %j', (options, message) => {
	const wrong = options as unknown as boolean;
	expect(() => reconnectSettings(wrong)).toThrow(InvalidRequestError);
	expect(() => reconnectSettings(wrong)).toThrow(message);
});
