import { expect, it } from 'vitest';
import { optionalSignal } from '../src/check-signal.ts';
import { InvalidRequestError } from '../src/index.ts';

it('lets a signal pass, and nothing', () => {
	const { signal } = new AbortController();
	expect(optionalSignal('signal', signal)).toBe(signal);
	expect(optionalSignal('signal', undefined)).toBeUndefined();
});

it.each([null, 5, {}, new AbortController()] as unknown as AbortSignal[])('refuses %j', (value) => {
	expect(() => optionalSignal('batch.signal', value)).toThrow(InvalidRequestError);
	expect(() => optionalSignal('batch.signal', value)).toThrow(/^batch\.signal is .*: give an AbortSignal\.$/);
});
