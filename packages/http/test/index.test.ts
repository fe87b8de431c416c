import { expect, it } from 'vitest';
import * as http from '../src/index.ts';

it('exports these names', () => {
	expect(Object.keys(http).sort()).toEqual([
		'AbortedError',
		'BodyTooLargeError',
		'ConnectError',
		'ConnectionLostError',
		'DEFAULT_TIMEOUTS',
		'DecodeError',
		'HeadersTooLargeError',
		'HttpClient',
		'HttpError',
		'InvalidRequestError',
		'ProtocolError',
		'RedirectError',
		'TimeoutError',
		'TlsError',
		'nearestName',
		'redirectTarget',
	]);
});
