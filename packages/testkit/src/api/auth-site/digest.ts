import { buffer } from 'node:stream/consumers';
import type { Reply } from '../../server/handler.ts';
import { jsonReply } from '../../server/json-reply.ts';
import { Problem } from '../problem.ts';
import type { Decide } from '../reply-handler.ts';
import type { Users } from '../users.ts';
import { passwordOf } from '../users.ts';
import { readDigestCredentials } from './digest-credentials.ts';
import type { DigestAlgorithm, Qop } from './digest-response.ts';
import { digestAlgorithms, isDigestAlgorithm } from './digest-response.ts';
import { judgeDigest } from './judge-digest.ts';
import { Nonces } from './nonces.ts';

/** What the path and query of a request say about the challenge. */
interface DigestPath {
	readonly algorithm: DigestAlgorithm;
	readonly qops: readonly Qop[];
	readonly uses: number;
	readonly inOrder: boolean;
}

/** What answers `/digest/<algorithm>`. */
export function digestDecision(users: Users, realm: string): Decide {
	const nonces = new Nonces();
	const challenge = ({ algorithm, qops, uses }: DigestPath, detail: string, stale = false): Problem => {
		const { value, opaque } = nonces.issue(algorithm, uses);
		const field =
			`Digest realm="${realm}", qop="${qops.join(', ')}", algorithm=${algorithm}, nonce="${value}", ` +
			`opaque="${opaque}", charset=UTF-8${stale ? ', stale=true' : ''}`;
		return new Problem(401, detail, { 'WWW-Authenticate': field });
	};
	return async (request, url) => {
		const path = readPath(url);
		const credentials = readDigestCredentials(request.headers.authorization ?? '');
		if (credentials === undefined) throw challenge(path, 'Credentials are wanted: Authorization: Digest');
		const { user, nc, cnonce } = credentials;
		const body = await buffer(request);
		// From here on nothing waits: of two requests with the same nc only one gets in.
		const nonce = nonces.find(credentials.nonce);
		const facts = { ...path, method: request.method ?? '', target: request.url ?? '', body, realm };
		const verdict = judgeDigest(facts, credentials, nonce, passwordOf(users, user));
		if (verdict.kind === 'improper') throw new Problem(400, verdict.reason);
		if (verdict.kind === 'refused') throw challenge(path, verdict.reason);
		if (verdict.kind === 'stale') throw challenge(path, 'The nonce is stale', true);
		nonce?.use(Number.parseInt(nc, 16), cnonce);
		return welcome(user, path.algorithm, credentials.qop);
	};
}

function welcome(user: string, algorithm: DigestAlgorithm, qop: string): Reply {
	return jsonReply({ scheme: 'Digest', user, algorithm, qop });
}

function readPath({ pathname, searchParams }: URL): DigestPath {
	const algorithm = pathname.slice('/digest/'.length);
	if (!isDigestAlgorithm(algorithm)) {
		throw new Problem(404, `Nothing at ${pathname}; /digest/ is followed by one of ${digestAlgorithms.join(', ')}`);
	}
	const qops = (searchParams.get('qop') ?? 'auth').split(',').map((qop) => qop.trim());
	if (!qops.every((qop) => qop === 'auth' || qop === 'auth-int')) {
		throw new Problem(400, `qop must be auth, auth-int or both with a comma, got ${JSON.stringify(qops.join(','))}`);
	}
	const uses = searchParams.get('uses');
	if (uses !== null && !/^[1-9]\d{0,8}$/.test(uses)) {
		throw new Problem(400, `uses must be a whole number from 1, got ${JSON.stringify(uses)}`);
	}
	const nc = searchParams.get('nc') ?? 'grows';
	if (nc !== 'grows' && nc !== 'unique')
		throw new Problem(400, `nc must be grows or unique, got ${JSON.stringify(nc)}`);
	return { algorithm, qops, uses: uses === null ? Number.POSITIVE_INFINITY : Number(uses), inOrder: nc === 'grows' };
}
