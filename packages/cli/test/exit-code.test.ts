import { expect, test } from 'vitest';
import { exitCodeOf } from '../src/exit-code.ts';

test.each([
	[{ succeeded: 100, failed: 0, allowedFailures: 0 }, 0],
	[{ succeeded: 99, failed: 1, allowedFailures: 0 }, 1],
	[{ succeeded: 95, failed: 5, allowedFailures: 0.05 }, 0],
	[{ succeeded: 94, failed: 6, allowedFailures: 0.05 }, 1],
	[{ succeeded: 0, failed: 1, allowedFailures: 1 }, 0],
	[{ succeeded: 0, failed: 0, allowedFailures: 0 }, 0],
])('%j is %i', (shares, code) => {
	expect(exitCodeOf({ ...shares, stopCode: undefined })).toBe(code);
	expect(exitCodeOf({ ...shares, stopCode: 130 })).toBe(130);
});
