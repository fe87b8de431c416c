import { jsonReply } from '../../server/json-reply.ts';
import type { ListenOptions } from '../../server/listen.ts';
import type { TestServer } from '../../server/start-server.ts';
import { startServer } from '../../server/start-server.ts';
import { Problem } from '../problem.ts';
import type { Decide } from '../reply-handler.ts';
import { replyHandler } from '../reply-handler.ts';
import type { Users } from '../users.ts';
import { defaultUsers, firstUser, passwordOf } from '../users.ts';
import { readBasicCredentials } from './basic-credentials.ts';
import { digestDecision } from './digest.ts';

export interface AuthSiteOptions extends ListenOptions {
	/** Names, without colons, and passwords; by default one user, whom the site's `user` and `password` name. */
	readonly users?: Users;
}

/** A running site that wants a password. */
export interface AuthSite extends TestServer {
	/** The first user and the password. */
	readonly user: string;
	readonly password: string;
	/** The realm of every challenge: one with a comma in it, which a client must not take for the end of a parameter. */
	readonly realm: string;
}

const realm = 'Members, only';

/**
 * Starts a site on which `/basic` wants a password by RFC 7617 and `/digest/<algorithm>` by RFC 7616, for MD5,
 * MD5-sess, SHA-256 and SHA-256-sess. Who is let in gets JSON with the user; else 401, or 400 for credentials that
 * are not written as they should be, and a reason.
 *
 * The query of `/digest/…` decides on the rest: `?qop=auth-int` or `?qop=auth,auth-int` what is offered, `?uses=2`
 * after how many requests a nonce is stale, `?nc=unique` that counts may come out of order, as those of requests in
 * parallel do; by default they have to grow.
 *
 * @throws {RangeError} if there is no user, or one with a colon.
 * @example
 * await using site = await startAuthSite();
 * (await fetch(`${site.url}/digest/SHA-256`)).headers.get('www-authenticate'); // Digest realm="Members, only", …
 */
export async function startAuthSite({ users = defaultUsers, ...options }: AuthSiteOptions = {}): Promise<AuthSite> {
	const account = firstUser(users);
	const wrong = Object.keys(users).find((user) => user.includes(':'));
	if (wrong !== undefined) {
		throw new RangeError(`users must have no colon in their names (RFC 7617), got ${JSON.stringify(wrong)}`);
	}
	const server = await startServer(
		{ '/basic': replyHandler(basicDecision(users)), '/digest/*': replyHandler(digestDecision(users, realm)) },
		options,
	);
	return { ...server, ...account, realm };
}

function basicDecision(users: Users): Decide {
	return (request) => {
		const credentials = readBasicCredentials(request.headers.authorization ?? '');
		if (credentials !== undefined && passwordOf(users, credentials.user) === credentials.password) {
			return jsonReply({ scheme: 'Basic', user: credentials.user });
		}
		const challenge = { 'WWW-Authenticate': `Basic realm="${realm}", charset="UTF-8"` };
		throw new Problem(401, 'Credentials are wanted: Authorization: Basic', challenge);
	};
}
