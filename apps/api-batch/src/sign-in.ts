import { type BearerToken, type HttpClient, HttpError, StatusError } from '@orbweaver/http';
import type { Account } from './arguments.ts';

/** The API gives no token; `message` is one sentence. */
export class SignInError extends Error {}

/** A login changes nothing by being repeated, although it is a POST; a server that restarts gets a few seconds. */
const RETRY = { limit: 4, methods: ['POST'] };

/**
 * Gets a token: `POST {user, password}` as JSON, which `access_token` (or `token`) answers, and `expires_in` in seconds
 * if the API says so (RFC 6749 §5.1).
 *
 * @throws SignInError
 */
export async function signIn(client: HttpClient, account: Account): Promise<BearerToken> {
	const { user, password, loginUrl, passwordEnv } = account;
	const failure = (reason: string, cause?: unknown): SignInError =>
		new SignInError(`Signing in as "${user}" failed: ${reason}`, { cause });
	try {
		const response = await client.post(loginUrl, { json: { user, password }, auth: false, retry: RETRY });
		if (response.status === 401 || response.status === 403) {
			response.discard();
			throw failure(`${loginUrl} answered ${response.status}: is the password in ${passwordEnv} the right one?`);
		}
		if (response.status === 404 || response.status === 405) {
			response.discard();
			throw failure(`${loginUrl} answered ${response.status}: --login-path or --base-url may be wrong.`);
		}
		// Without the excerpt that ensureOk shows: an API might quote what it was sent.
		if (response.status >= 400) {
			response.discard();
			throw new StatusError(response, response.status, response.statusText, '');
		}
		return tokenOf(await response.json()) ?? failWith(failure(`the answer of ${loginUrl} has no "access_token".`));
	} catch (error) {
		if (error instanceof HttpError) throw failure(`${error.message.replace(/\.$/, '')}.`, error);
		throw error;
	}
}

function tokenOf(answer: unknown): BearerToken | undefined {
	const { access_token, token, expires_in } = (answer ?? {}) as Record<string, unknown>;
	const given = access_token ?? token;
	if (typeof given !== 'string') return undefined;
	return { token: given, expiresInMs: typeof expires_in === 'number' ? expires_in * 1_000 : undefined };
}

function failWith(error: Error): never {
	throw error;
}
