import type { Reply } from '../server/handler.ts';
import { jsonReply } from '../server/json-reply.ts';
import type { ApiCall, Methods } from './endpoint.ts';
import { IdempotentReplies } from './idempotent-replies.ts';
import type { ApiItem, ItemStore } from './item-store.ts';
import type { JsonObject } from './json-body.ts';
import { readJsonObject } from './json-body.ts';
import { mergePatch } from './merge-patch.ts';
import { Problem } from './problem.ts';

/** What `/items` does: a page of the items, and a new one. */
export function itemListMethods(store: ItemStore, pageSize: number): Methods {
	const replies = new IdempotentReplies();
	return {
		GET: ({ url }) => page(store, pageSize, url),
		POST: async ({ request, user }) => {
			const fields = await readJsonObject(request);
			const key = request.headers['idempotency-key'];
			if (key === undefined) return create(store, fields);
			return replies.once(`${user} ${key}`, JSON.stringify(fields), () => create(store, fields));
		},
	};
}

/** What `/items/<id>` does. */
export function itemMethods(store: ItemStore): Methods {
	return {
		GET: ({ url }) => jsonReply(find(store, url)),
		PUT: async ({ request, url }) => {
			const fields = await readJsonObject(request);
			return jsonReply(store.put(find(store, url).id, fields));
		},
		PATCH: (call) => patch(store, call),
		DELETE: ({ url }) => {
			store.delete(find(store, url).id);
			return { status: 204 };
		},
	};
}

function page(store: ItemStore, pageSize: number, url: URL): Reply {
	const asked = url.searchParams.get('page') ?? '1';
	if (!/^[1-9]\d{0,8}$/.test(asked)) {
		throw new Problem(400, `page must be a whole number from 1, got ${JSON.stringify(asked)}`);
	}
	const number = Number(asked);
	const pages = Math.ceil(store.count / pageSize);
	const next = number < pages ? `/items?page=${number + 1}` : null;
	const items = store.all().slice((number - 1) * pageSize, number * pageSize);
	// The same link once more as RFC 8288 has it, for clients that follow `rel="next"`.
	const headers = next === null ? {} : { Link: `<${next}>; rel="next"` };
	return jsonReply({ items, page: number, pages, total: store.count, next }, { headers });
}

function create(store: ItemStore, fields: JsonObject): Reply {
	const item = store.create(fields);
	return jsonReply(item, { status: 201, headers: { Location: `/items/${item.id}` } });
}

async function patch(store: ItemStore, { request, url }: ApiCall): Promise<Reply> {
	const changes = await readJsonObject(request);
	const item = find(store, url);
	return jsonReply(store.put(item.id, mergePatch(item, changes) as JsonObject));
}

function find(store: ItemStore, url: URL): ApiItem {
	const id = url.pathname.slice('/items/'.length);
	const item = /^\d{1,15}$/.test(id) ? store.get(Number(id)) : undefined;
	if (item === undefined) throw new Problem(404, `No item ${JSON.stringify(id)}`);
	return item;
}
