import { expect, test } from 'vitest';
import { OrbweaverError } from '../../src/errors.ts';
import { HttpStatusError } from '../../src/retry/http-status-error.ts';

test('names address, status and reason', () => {
	const error = new HttpStatusError(503, 'http://a.test/x', { reason: 'Busy', retryAfterMs: 5 });

	expect(error).toBeInstanceOf(OrbweaverError);
	expect(error).toMatchObject({
		name: 'HttpStatusError',
		code: 'ORB_HTTP_STATUS',
		message: 'http://a.test/x answered 503 Busy.',
		statusCode: 503,
		retryAfterMs: 5,
	});
	expect(new HttpStatusError(599, 'http://a.test/').message).toBe('http://a.test/ answered 599.');
});
