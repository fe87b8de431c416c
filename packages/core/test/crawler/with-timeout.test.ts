import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { TimeoutError, withTimeout } from '../../src/crawler/with-timeout.ts';

const message = (): string => 'too slow';

test('answers what the work answers, or throws what it throws', async () => {
	expect(await withTimeout(async () => 5, 1_000, message)).toBe(5);
	await expect(withTimeout(() => Promise.reject(new Error('no')), 1_000, message)).rejects.toThrow('no');
});

test('throws a TimeoutError when it takes longer; what it throws afterwards is nobody’s', async () => {
	const rejections: unknown[] = [];
	const listener = (reason: unknown): void => {
		rejections.push(reason);
	};
	process.on('unhandledRejection', listener);
	const work = async (): Promise<void> => {
		await sleep(30);
		throw new Error('late');
	};

	const error = await withTimeout(work, 5, message).catch((reason: unknown) => reason);
	await sleep(50);
	process.off('unhandledRejection', listener);

	expect(error).toBeInstanceOf(TimeoutError);
	expect(error).toMatchObject({ name: 'TimeoutError', message: 'too slow' });
	expect(rejections).toEqual([]);
});

test('keeps no process alive that has nothing else to wait for', async () => {
	const timers = (): number => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
	const before = timers();
	let finish: (() => void) | undefined;
	const work = withTimeout(
		() =>
			new Promise<void>((resolve) => {
				finish = resolve;
			}),
		60_000,
		message,
	);

	expect(timers()).toBeLessThanOrEqual(before);
	finish?.();
	await work;
});
