import { afterEach, describe, expect, it, vi } from 'vitest';
import { RedirectBody } from '../../src/cache/redirect-body.ts';
import type { CollectedBody, CollectLimit, ResponseBody } from '../../src/response/response-body.ts';

/** A body that says what was done to it, and ends when it is told to. */
class RecordingBody implements ResponseBody {
	readonly wireBytes = 7;
	readonly calls: unknown[] = [];
	readonly ending = Promise.withResolvers<CollectedBody>();

	collect(limit: CollectLimit): Promise<CollectedBody> {
		this.calls.push(['collect', limit]);
		return this.ending.promise;
	}

	[Symbol.asyncIterator](): AsyncIterator<Buffer> {
		this.calls.push('iterate');
		return { next: async () => ({ done: true, value: undefined }) };
	}

	discard(): void {
		this.calls.push('discard');
	}
}

const READ_AWAY = ['collect', { maxBytes: 16_384, overflow: 'error' }];

afterEach(() => {
	vi.useRealTimers();
});

describe('a body that is discarded unread', () => {
	it('is read to its end, once, if that is near', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
		const source = new RecordingBody();
		const body = new RedirectBody(source);
		body.discard();
		body.discard();
		source.ending.resolve({ bytes: Buffer.from('moved'), truncated: false });
		await vi.advanceTimersByTimeAsync(10_000);
		expect(source.calls).toEqual([READ_AWAY]);
	});

	it('is discarded when it takes over a second', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
		const source = new RecordingBody();
		new RedirectBody(source).discard();
		await vi.advanceTimersByTimeAsync(999);
		expect(source.calls).toEqual([READ_AWAY]);
		await vi.advanceTimersByTimeAsync(1);
		expect(source.calls).toEqual([READ_AWAY, 'discard']);
	});

	it('is nobody’s failure when it fails', async () => {
		vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
		const source = new RecordingBody();
		new RedirectBody(source).discard();
		source.ending.reject(new Error('cut'));
		await vi.advanceTimersByTimeAsync(10_000);
		expect(source.calls).toEqual([READ_AWAY]);
		expect(vi.getTimerCount()).toBe(0);
	});
});

it('a body that is read is left to its reader', async () => {
	const collected = new RecordingBody();
	const limit: CollectLimit = { maxBytes: 5, overflow: 'truncate' };
	const body = new RedirectBody(collected);
	void body.collect(limit);
	body.discard();
	expect(collected.calls).toEqual([['collect', limit], 'discard']);
	const iterated = new RecordingBody();
	const other = new RedirectBody(iterated);
	for await (const piece of other) expect(piece).toBeUndefined();
	other.discard();
	expect(iterated.calls).toEqual(['iterate', 'discard']);
	expect(other.wireBytes).toBe(7);
});
