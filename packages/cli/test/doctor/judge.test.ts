import { expect, test } from 'vitest';
import { judgeClock, judgeDisk, judgeFiles, judgeNode, judgeProxies } from '../../src/doctor/judge.ts';

test.each([
	[judgeNode('24.0.0'), 'ok'],
	[judgeNode('22.19.0'), 'ok'],
	[judgeNode('22.18.9'), 'problem'],
	[judgeNode('20.19.0'), 'problem'],
	[judgeDisk(2 ** 40, '/'), 'ok'],
	[judgeDisk(2 ** 28, '/'), 'warning'],
	[judgeDisk(2 ** 20, '/'), 'problem'],
	[judgeFiles(1_024), 'ok'],
	[judgeFiles(256), 'warning'],
	[judgeFiles(undefined), 'ok'],
	[judgeClock(Date.UTC(2026, 0), undefined), 'ok'],
	[judgeClock(Date.UTC(2026, 0), Date.UTC(2026, 1)), 'warning'],
	[judgeClock(0, undefined), 'problem'],
	[judgeProxies({}), 'ok'],
	[judgeProxies({ HTTPS_PROXY: 'http://ada:hidden@proxy.test:3128' }), 'warning'],
	[judgeProxies({ http_proxy: 'proxy' }), 'problem'],
])('%j', (check, state) => {
	expect(check.state).toBe(state);
	expect(check.help === undefined).toBe(state === 'ok');
	expect(JSON.stringify(check)).not.toContain('hidden');
});
