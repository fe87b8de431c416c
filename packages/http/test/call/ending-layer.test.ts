import { describe, expect, it } from 'vitest';
import { HttpClient, type Transport } from '../../src/index.ts';
import { rejection } from '../support/until.ts';

const transportThat = (send: Transport['send']): Transport => ({
	send,
	stats: { pools: 0, connections: 0 },
	close: async () => undefined,
	destroy: async () => undefined,
});

describe("a transport of the caller's", () => {
	it.each<[string, Transport['send']]>([
		[
			'throws',
			() => {
				throw new Error('no line');
			},
		],
		[
			'rejects',
			async () => {
				throw new Error('no line');
			},
		],
	])('keeps no slot when it %s', async (_, send) => {
		await using client = new HttpClient({ transport: transportThat(send), limits: { total: 1 } });
		for (let i = 0; i < 2; i++) {
			expect(await rejection(client.get('http://a.test/'))).toMatchObject({ message: 'no line' });
		}
		expect(client.stats).toMatchObject({ running: 0, pending: 0 });
	});

	it("hears of the end of the client, and of the caller's signal", async () => {
		const signals: (AbortSignal | undefined)[] = [];
		const send: Transport['send'] = ({ signal, onFinished }) => {
			signals.push(signal);
			return new Promise((_resolve, reject) => {
				signal?.addEventListener('abort', () => {
					onFinished();
					reject(signal.reason);
				});
			});
		};
		const client = new HttpClient({ transport: transportThat(send) });
		const controller = new AbortController();
		const [first, second] = [
			rejection(client.get('http://a.test/', { signal: controller.signal })),
			rejection(client.get('http://a.test/')),
		];
		controller.abort('enough');
		expect(await first).toBe('enough');
		await client.destroy();
		await second;
		expect(signals.map((signal) => signal?.aborted)).toEqual([true, true]);
	});
});
