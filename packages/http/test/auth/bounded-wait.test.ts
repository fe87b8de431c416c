import { describe, expect, it } from 'vitest';
import { boundedWait } from '../../src/auth/bounded-wait.ts';
import { AbortedError, TimeoutError } from '../../src/errors.ts';
import { rejection } from '../support/until.ts';

const request = { method: 'GET', url: 'http://a.test/', signal: undefined };

describe('boundedWait', () => {
	it('hands on what comes, and what fails', async () => {
		expect(await boundedWait(Promise.resolve(1), request)).toBe(1);
		const failure = new Error('no');
		expect(await rejection(boundedWait(Promise.reject(failure), request))).toBe(failure);
	});

	it('ends when the signal fires, with its reason, and what was waited for may fail later', async () => {
		const aborter = new AbortController();
		const awaited = Promise.withResolvers<number>();
		const waiting = rejection(boundedWait(awaited.promise, { ...request, signal: aborter.signal }));
		aborter.abort('enough');
		const error = await waiting;
		expect(error).toBeInstanceOf(AbortedError);
		expect(error).toMatchObject({ cause: 'enough', url: 'http://a.test/' });
		awaited.reject(new Error('late'));
	});

	it('ends at once when the signal had fired', async () => {
		const never = new Promise<void>(() => undefined);
		const error = await rejection(boundedWait(never, { ...request, signal: AbortSignal.abort() }));
		expect(error).toBeInstanceOf(AbortedError);
	});

	it('ends with the call', async () => {
		const never = new Promise<void>(() => undefined);
		const limit = { totalAt: performance.now() + 10, totalMs: 10 };
		const error = await rejection(boundedWait(never, request, limit));
		expect(error).toBeInstanceOf(TimeoutError);
		expect(error).toMatchObject({ phase: 'total', limitMs: 10 });
	});
});
