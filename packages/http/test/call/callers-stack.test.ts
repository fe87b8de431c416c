import { expect, it } from 'vitest';
import { HttpClient } from '../../src/index.ts';
import { rejection } from '../support/until.ts';

it.each(['get', 'read'] as const)('an error of %s names the line that asked', async (method) => {
	await using client = new HttpClient({ retry: false });
	async function callOfMine(): Promise<void> {
		await client[method]('http://127.0.0.1:1/');
	}
	const { stack, message } = (await rejection(callOfMine())) as Error;
	expect(stack).toContain('callOfMine');
	expect(stack).toContain(message);
});

it('an error of a file that is downloaded does, too', async () => {
	await using client = new HttpClient({ retry: false });
	async function callOfMine(): Promise<void> {
		await client.download('http://127.0.0.1:1/file');
	}
	expect(((await rejection(callOfMine())) as Error).stack).toContain('callOfMine');
});
