import { expect, test } from 'vitest';
import { nginxConfig, requestsInStatus } from '../../src/server/nginx-config.ts';

test('names the account only where one is given', () => {
	const options = { root: '/a "b"', port: 8080 };
	expect(nginxConfig(options)).not.toMatch(/^user /m);
	expect(nginxConfig({ ...options, user: 'root' })).toMatch(/^user root;$/m);
	expect(nginxConfig(options)).toContain('listen 127.0.0.1:8080;');
	expect(nginxConfig(options)).toContain('root "/a \\"b\\"";');
});

test('reads the number of requests from the status page', () => {
	const page =
		'Active connections: 1 \nserver accepts handled requests\n 16 16 4711 \nReading: 0 Writing: 1 Waiting: 0 \n';
	expect(requestsInStatus(page)).toBe(4711);
	expect(requestsInStatus('<h1>404 Not Found</h1>')).toBeUndefined();
});
