// The thread that finds links: `LinkThread` starts it.
import { parentPort, workerData } from 'node:worker_threads';
import { type NormalizeRules, UrlResolver } from '@orbweaver/parser';
import { KnownUrls } from '../queue/known-urls.ts';
import { UrlKeys } from '../queue/url-keys.ts';
import { findLinks } from './find-links.ts';
import type { LinkAnswer, LinkBatch, LinkTask } from './found-links.ts';

const { urlRules } = workerData as { urlRules: NormalizeRules };
const known = new KnownUrls();
const rules = {
	resolver: new UrlResolver(),
	keys: new UrlKeys(urlRules),
	isKnown: (uniqueKey: string): boolean => known.has(uniqueKey),
};

function answer(task: LinkTask & { readonly id: number }): LinkAnswer {
	try {
		return { id: task.id, ...findLinks(task, rules) };
	} catch {
		return { id: task.id, failed: true };
	}
}

parentPort?.on('message', ({ tasks, known: stored }: LinkBatch) => {
	for (const key of stored) known.add(key);
	parentPort?.postMessage(tasks.map(answer));
});
