import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { heardOr } from '../../src/crawler/heard-promise.ts';
import { watchRejections } from './crawl.ts';

const fails = async (): Promise<never> => {
	await sleep(5);
	throw new Error('no');
};

/** What `listen` does with a call that fails, and what was told of it by the end. */
async function told(listen: (call: Promise<never>) => unknown): Promise<string[]> {
	const rejections = watchRejections();
	const seen: string[] = [];
	const call = heardOr((error) => seen.push(String(error)), fails);
	await listen(call);
	await sleep(20);
	await turn();
	expect(rejections).toEqual([]);
	return seen;
}

test('answers what the work answers, which begins at once', async () => {
	const steps: string[] = [];
	const call = heardOr(
		() => expect.unreachable(),
		async () => {
			steps.push('work');
			return 5;
		},
	);
	steps.push('after');
	expect(await call).toBe(5);
	expect(call).toBeInstanceOf(Promise);
	expect(call.then(() => 1).constructor).toBe(Promise);
	expect(steps).toEqual(['work', 'after']);
});

test.each<[string, (call: Promise<never>) => unknown]>([
	['await', (call) => expect(call).rejects.toThrow('no')],
	['catch', (call) => void call.catch(() => {})],
	['Promise.all', (call) => expect(Promise.all([call])).rejects.toThrow('no')],
	['being returned', (call) => expect((async () => call)()).rejects.toThrow('no')],
])('who listens with %s gets the error, and nobody else', async (_, listen) => {
	expect(await told(listen)).toEqual([]);
});

test('when nobody listens, it is told and ends nothing', async () => {
	expect(await told(() => {})).toEqual(['Error: no']);
});

test('who listens later gets it as well', async () => {
	expect(
		await told(async (call) => {
			await sleep(20);
			await expect(call).rejects.toThrow('no');
		}),
	).toEqual(['Error: no']);
});

test('work that throws at once is a rejection', async () => {
	const call = heardOr(
		() => {},
		() => {
			throw new Error('at once');
		},
	);
	await expect(call).rejects.toThrow('at once');
});
