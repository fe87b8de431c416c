import { InvalidRequestError } from '../errors.ts';
import type { Auth } from './auth.ts';
import { requireCredentials } from './require-credentials.ts';

/**
 * User name and password, sent with every request in a form that anybody on the way can read: use it over TLS
 * (RFC 7617, in UTF-8).
 *
 * @throws InvalidRequestError when the user name has a colon or either has a control character: neither could be told
 * apart at the other end.
 */
export function basicAuth(user: string, password: string): Auth {
	requireCredentials('basicAuth', user, password);
	if (user.includes(':')) {
		throw new InvalidRequestError(
			'basicAuth was given a user name with a colon, where Basic ends the name (RFC 7617 §2): use one without.',
		);
	}
	const pair = `${user.normalize('NFC')}:${password.normalize('NFC')}`;
	const authorization = `Basic ${Buffer.from(pair).toString('base64')}`;
	return { authorize: () => authorization };
}
