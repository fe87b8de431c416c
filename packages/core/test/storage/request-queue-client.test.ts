import { describe, expect, onTestFinished, test } from 'vitest';
import { BasicCrawler, Configuration, log } from '../../src/crawlee.ts';
import { type FileStorageClient, openStorageClient } from '../../src/index.ts';

log.setLevel(log.LEVELS.OFF);

function newClient(): FileStorageClient {
	const client = openStorageClient(':memory:');
	onTestFinished(() => client[Symbol.asyncDispose]());
	return client;
}

const page = (path: string): { url: string; uniqueKey: string } => ({
	url: `http://a.example${path}`,
	uniqueKey: path,
});

describe('as Crawlee’s storages answer', () => {
	test('additions, one and many', async () => {
		const queue = newClient().requestQueue('q');
		const { requestId, ...first } = await queue.addRequest(page('/1'));
		expect(first).toEqual({ wasAlreadyPresent: false, wasAlreadyHandled: false });
		await queue.updateRequest({ ...page('/1'), id: requestId, handledAt: new Date().toISOString() });
		const { processedRequests, unprocessedRequests } = await queue.batchAddRequests([page('/1'), page('/2')]);
		expect(processedRequests).toEqual([
			{ uniqueKey: '/1', requestId, wasAlreadyPresent: true, wasAlreadyHandled: true },
			{ uniqueKey: '/2', requestId: expect.any(String), wasAlreadyPresent: false, wasAlreadyHandled: false },
		]);
		expect(unprocessedRequests).toEqual([]);
		expect(await queue.get()).toMatchObject({ totalRequestCount: 2, handledRequestCount: 1, pendingRequestCount: 1 });
	});

	test('the head, with and without locks', async () => {
		const queue = newClient().requestQueue('q', { clientKey: 'me' });
		await queue.batchAddRequests([page('/1'), { ...page('/2'), method: 'POST', retryCount: 3 }]);
		await queue.addRequest(page('/0'), { forefront: true });
		const head = await queue.listHead({ limit: 2 });
		expect(head).toMatchObject({
			limit: 2,
			hadMultipleClients: false,
			items: [{ uniqueKey: '/0' }, { uniqueKey: '/1' }],
		});
		const locked = await queue.listAndLockHead({ limit: 2, lockSecs: 60 });
		expect(locked).toMatchObject({ lockSecs: 60, queueHasLockedRequests: true, items: head.items });
		const rest = await queue.listAndLockHead({ lockSecs: 60 });
		expect(rest.items).toEqual([{ ...page('/2'), id: expect.any(String), method: 'POST', retryCount: 3 }]);
		expect(rest).toMatchObject({ limit: 25, queueModifiedAt: (await queue.get())?.modifiedAt });
	});

	test('locks are one client’s', async () => {
		const client = newClient();
		const [mine, yours] = ['me', 'you'].map((clientKey) => client.requestQueue('q', { clientKey }));
		const { requestId } = (await mine?.addRequest(page('/1'))) ?? {};
		const id = requestId as string;
		await mine?.listAndLockHead({ lockSecs: 60 });
		await expect(yours?.prolongRequestLock(id, { lockSecs: 60 })).rejects.toThrow('somebody else');
		await expect(yours?.deleteRequestLock(id)).rejects.toThrow('not locked by this client');
		const before = Date.now();
		const { lockExpiresAt } = (await mine?.prolongRequestLock(id, { lockSecs: 60 })) ?? {};
		expect(lockExpiresAt?.getTime()).toBeGreaterThanOrEqual(before + 60_000);
		await mine?.deleteRequestLock(id, { forefront: true });
		expect((await yours?.listAndLockHead({ lockSecs: 60 }))?.items).toHaveLength(1);
	});

	test('requests are read, changed and removed by their id', async () => {
		const queue = newClient().requestQueue('q');
		const { requestId: id } = await queue.addRequest({ ...page('/1'), userData: { a: 1 } });
		expect(await queue.getRequest(id)).toEqual({ ...page('/1'), id, userData: { a: 1 } });
		expect(await queue.updateRequest({ ...page('/1'), id, retryCount: 1 })).toEqual({
			requestId: id,
			wasAlreadyPresent: true,
			wasAlreadyHandled: false,
		});
		expect(await queue.getRequest(id)).toEqual({ ...page('/1'), id, retryCount: 1 });
		await queue.deleteRequest(id);
		expect(await queue.getRequest(id)).toBeUndefined();
	});

	test('a queue gets another name, which others have not', async () => {
		const client = newClient();
		const queue = client.requestQueue('q', { clientKey: 'me' });
		expect(await queue.update({ name: 'new' })).toBeUndefined();
		await queue.addRequest(page('/1'));
		await client.requestQueue('taken').addRequest(page('/1'));
		await expect(queue.update({ name: 'taken' })).rejects.toThrow('there is a request queue "taken" already');
		expect(await queue.update({ name: 'new' })).toMatchObject({ id: 'new', name: 'new', totalRequestCount: 1 });
		expect(await queue.update({})).toMatchObject({ name: 'new' });
		expect(await client.requestQueue('q').get()).toBeUndefined();
		await queue.delete();
		expect((await client.requestQueues().list()).items.map(({ name }) => name)).toEqual(['taken']);
	});
});

test.each([
	[
		'a request without a key',
		(queue) => queue.addRequest({ url: 'http://a.example/' } as never),
		'uniqueKey of a request',
	],
	['an id that is none', (queue) => queue.getRequest(7 as never), 'id of a request'],
	['half a request', (queue) => queue.listHead({ limit: 0.5 }), 'limit must be a whole number'],
	['no time', (queue) => queue.listAndLockHead({ lockSecs: Number.NaN }), 'lockSecs must be a number of seconds'],
	['a name that is empty', (queue) => queue.update({ name: '' }), 'name of a request queue'],
] as [string, (queue: ReturnType<FileStorageClient['requestQueue']>) => Promise<unknown>, string][])(
	'%s is refused, and the file goes on',
	async (_, call, message) => {
		const queue = newClient().requestQueue('q');
		await expect(call(queue)).rejects.toThrow(message);
		await queue.addRequest(page('/1'));
		expect((await queue.listHead()).items).toHaveLength(1);
	},
);

test('Crawlee’s queue takes what was added to its front first', async () => {
	const paths: string[] = [];
	const crawler = new BasicCrawler(
		{
			maxConcurrency: 1,
			autoscaledPoolOptions: { maybeRunIntervalSecs: 0.02 },
			async requestHandler({ request, addRequests }) {
				const path = new URL(request.url).pathname;
				paths.push(path);
				if (path === '/1') await addRequests(['http://a.example/late']);
				if (path === '/2') await addRequests(['http://a.example/soon'], { forefront: true });
			},
		},
		new Configuration({ storageClient: newClient() }),
	);
	await crawler.run(Array.from({ length: 30 }, (_, index) => `http://a.example/${index}`));
	expect(paths).toHaveLength(32);
	expect(paths.indexOf('/soon')).toBe(3);
	expect(paths.at(-1)).toBe('/late');
});

test('a crawler that runs twice crawls twice', async () => {
	let pages = 0;
	const crawler = new BasicCrawler(
		{ requestHandler: async () => void pages++, autoscaledPoolOptions: { maybeRunIntervalSecs: 0.02 } },
		new Configuration({ storageClient: newClient() }),
	);
	await crawler.run(['http://a.example/1']);
	await crawler.run(['http://a.example/1']);
	expect(pages).toBe(2);
});
