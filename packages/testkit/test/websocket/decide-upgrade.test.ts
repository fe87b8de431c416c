import { expect, test } from 'vitest';
import { decideUpgrade } from '../../src/websocket/decide-upgrade.ts';

test.each([
	['/echo', { kind: 'echo' }],
	['/echo?x=1', { kind: 'echo' }],
	['/feed', { kind: 'feed', from: undefined }],
	['/feed?from=0', { kind: 'feed', from: 0 }],
	['/feed?from=12', { kind: 'feed', from: 12 }],
	['/feed?from=-1', { kind: 'refusal', status: 400 }],
	['/feed?from=', { kind: 'refusal', status: 400 }],
	['/flood', { kind: 'flood', bytes: 65_536, count: Infinity }],
	['/flood?bytes=10&count=3', { kind: 'flood', bytes: 10, count: 3 }],
	['/flood?bytes=1.5', { kind: 'refusal', status: 400 }],
	['/flood?count=many', { kind: 'refusal', status: 400 }],
	['/', { kind: 'refusal', status: 404 }],
	['http://[', { kind: 'refusal', status: 400 }],
])('%s is %j', (target, expected) => {
	expect(decideUpgrade(target, {}, undefined)).toMatchObject(expected);
});

test.each([
	[{ authorization: 'Bearer secret' }, 'echo'],
	[{ authorization: 'bearer secret' }, 'echo'],
	[{ cookie: 'a=b; token=secret; c=d' }, 'echo'],
	[{ authorization: 'Bearer other', cookie: 'token=secret' }, 'echo'],
	[{ authorization: 'Basic secret' }, 'refusal'],
	[{ authorization: 'Bearer secrets' }, 'refusal'],
	[{ cookie: 'mytoken=secret' }, 'refusal'],
	[{}, 'refusal'],
])('a token in %j: %s', (headers, kind) => {
	const decision = decideUpgrade('/echo', headers, 'secret');
	expect(decision.kind).toBe(kind);
	if (decision.kind === 'refusal') {
		expect(decision.status).toBe(401);
		expect(decision.body).not.toContain('secret');
	}
});
