import { expect, test } from 'vitest';
import { startServerProcess } from '../../src/server/server-process.ts';

test('it reports at its start, whenever it is asked, and ends', async () => {
	const script = new URL('fixtures/counting-server.ts', import.meta.url);
	const server = await startServerProcess<{ pid: number; asked: number }>(script, ['7']);
	const { pid, asked } = server.first;
	expect(asked).toBe(7);
	expect(await server.report()).toEqual({ pid, asked: 8 });
	await server[Symbol.asyncDispose]();
	expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('one that ends instead of listening is no server', async () => {
	const script = new URL('fixtures/broken-server.ts', import.meta.url);
	await expect(startServerProcess(script, [])).rejects.toThrow('the server ended unexpectedly');
});
