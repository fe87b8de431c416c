import { expect, test } from 'vitest';
import { pythonWith } from '../../src/peers/python.ts';

test('the first that can import the module is taken, with both versions', (context) => {
	const found = pythonWith('json', ['no-such-program', 'python3']);
	if (found === undefined) return context.skip('there is no Python here');
	expect(found.program).toBe('python3');
	expect(found.version).toMatch(/^Python \d+\.\d+\S*, json \d+\.\d+/);
});

test('no Python, no module: nothing', () => {
	expect(pythonWith('json', ['no-such-program'])).toBeUndefined();
	expect(pythonWith('no_such_module')).toBeUndefined();
});
