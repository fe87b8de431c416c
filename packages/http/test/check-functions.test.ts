import { expect, it } from 'vitest';
import { optionalFunction } from '../src/check-functions.ts';

it('lets a function through, and none', () => {
	const hook = (): void => undefined;
	expect(optionalFunction('hook', hook)).toBe(hook);
	expect(optionalFunction('hook', undefined)).toBeUndefined();
});

it.each([[null], ['name'], [{}]])('refuses %j', (value) => {
	expect(() => optionalFunction('hook', value)).toThrow(/^hook is .+: give a function\.$/);
});
