import { expect, test } from 'vitest';
import { startServerProcess } from '../../src/server/server-process.ts';

const script = (name: string): URL => new URL(`fixtures/${name}.ts`, import.meta.url);

test('it reports at its start, whenever it is asked, and ends', async () => {
	const server = await startServerProcess<{ pid: number; asked: number }>(script('counting-server'), ['7']);
	const { pid, asked } = server.first;
	expect(asked).toBe(7);
	expect(await server.report()).toEqual({ pid, asked: 8 });
	await server[Symbol.asyncDispose]();
	expect(() => process.kill(pid, 0)).toThrow('ESRCH');
});

test('one that ends instead of listening is no server', async () => {
	await expect(startServerProcess(script('broken-server'), [])).rejects.toThrow('the server ended unexpectedly');
});
