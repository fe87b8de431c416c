import { expect, it, onTestFinished, vi } from 'vitest';
import { checkProxy } from '../../src/proxy/check-proxy.ts';

it('leaves no proxy and the environment as they are', () => {
	expect(checkProxy(undefined)).toBeUndefined();
	expect(checkProxy('environment')).toBe('environment');
	expect(checkProxy('http://proxy.example')).toBe('http://proxy.example/');
});

it('finds a wrong variable when the environment is chosen', () => {
	vi.stubEnv('https_proxy', 'gopher://proxy.example');
	onTestFinished(() => {
		vi.unstubAllEnvs();
	});
	expect(() => checkProxy('environment')).toThrow('https_proxy is "gopher://proxy.example", which is no proxy');
});
