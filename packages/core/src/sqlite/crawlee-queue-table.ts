import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type {
	CrawleeLock,
	CrawleeQueueFacts,
	KnownCrawleeRequest,
	NewCrawleeRequest,
	PlaceInQueue,
	StoredCrawleeRequest,
} from '../store/crawlee-queue-store.ts';

type Row = Record<string, SQLOutputValue>;

/** The tables of the queues of Crawlee's own crawlers. */
export const CRAWLEE_QUEUE_TABLES = `
CREATE TABLE crawlee_queue (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL UNIQUE,
	created_at INTEGER NOT NULL,
	modified_at INTEGER NOT NULL,
	total_count INTEGER NOT NULL DEFAULT 0,
	handled_count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE crawlee_request (
	queue_id INTEGER NOT NULL REFERENCES crawlee_queue (id),
	id TEXT NOT NULL, -- made of its unique key, as Crawlee does
	place INTEGER, -- lower goes first; empty when it is handled
	locked_until INTEGER, -- nobody else gets it before
	locked_by TEXT, -- Crawlee's client key
	has_begun INTEGER NOT NULL DEFAULT 0, -- 1: it is not only kept for later, but worked on
	data TEXT NOT NULL, -- JSON: the request as Crawlee has it
	UNIQUE (queue_id, id)
) STRICT;
CREATE INDEX crawlee_request_head ON crawlee_request (queue_id, place) WHERE place IS NOT NULL;
CREATE INDEX crawlee_request_locked ON crawlee_request (queue_id, locked_until) WHERE locked_until IS NOT NULL;
`;

const FACTS = 'name, created_at, modified_at, total_count, handled_count';
const THIS_REQUEST = 'queue_id = (SELECT id FROM crawlee_queue WHERE name = ?) AND id = ?';
const FREE = 'SET locked_until = NULL, locked_by = NULL, has_begun = 0';
const UNKNOWN: KnownCrawleeRequest = { wasAlreadyPresent: false, wasAlreadyHandled: false };

/** The `crawlee_queue` and `crawlee_request` tables. Methods that write must run within a transaction of the caller's. */
export class CrawleeQueueTable {
	readonly #database: DatabaseSync;
	readonly #statements = new Map<string, StatementSync>();

	constructor(database: DatabaseSync) {
		this.#database = database;
	}

	open(queue: string, now: number): CrawleeQueueFacts {
		this.#id(queue, now);
		return this.find(queue) as CrawleeQueueFacts;
	}

	find(queue: string): CrawleeQueueFacts | undefined {
		const row = this.#prepare(`SELECT ${FACTS} FROM crawlee_queue WHERE name = ?`).get(queue);
		return row && queueFacts(row);
	}

	list(): CrawleeQueueFacts[] {
		return this.#prepare(`SELECT ${FACTS} FROM crawlee_queue ORDER BY id`).all().map(queueFacts);
	}

	rename(queue: string, newName: string): boolean {
		const rename = this.#prepare('UPDATE OR IGNORE crawlee_queue SET name = ? WHERE name = ?');
		return rename.run(newName, queue).changes === 1;
	}

	drop(queue: string): void {
		this.#prepare('DELETE FROM crawlee_request WHERE queue_id = (SELECT id FROM crawlee_queue WHERE name = ?)').run(
			queue,
		);
		this.#prepare('DELETE FROM crawlee_queue WHERE name = ?').run(queue);
	}

	clear(): void {
		this.#database.exec('DELETE FROM crawlee_request; DELETE FROM crawlee_queue');
	}

	/** What a process that died had locked is free. */
	unlockAll(): void {
		const isLocked = this.#prepare('SELECT 1 FROM crawlee_request WHERE locked_until IS NOT NULL LIMIT 1').get();
		if (isLocked === undefined) return;
		this.#database.exec(`UPDATE crawlee_request ${FREE} WHERE locked_until IS NOT NULL`);
	}

	freeReserved(): void {
		this.#prepare(`UPDATE crawlee_request ${FREE} WHERE locked_until IS NOT NULL AND has_begun = 0`).run();
	}

	add(queue: string, requests: readonly NewCrawleeRequest[], place: PlaceInQueue, now: number): KnownCrawleeRequest[] {
		const queueId = this.#id(queue, now);
		const insert = this.#prepare('INSERT INTO crawlee_request (queue_id, id, place, data) VALUES (?, ?, ?, ?)');
		const known = requests.map((request) => {
			const found = this.#known(queueId, request.id);
			if (!found.wasAlreadyPresent) {
				insert.run(queueId, request.id, this.#placeFor(queueId, request, place), request.json);
				this.#count(queueId, 1, request.isHandled ? 1 : 0);
			}
			return found;
		});
		if (known.some(({ wasAlreadyPresent }) => !wasAlreadyPresent)) this.#touch(queueId, now);
		return known;
	}

	update(queue: string, request: NewCrawleeRequest, place: PlaceInQueue, now: number): KnownCrawleeRequest {
		const queueId = this.#id(queue, now);
		const known = this.#known(queueId, request.id);
		if (!known.wasAlreadyPresent) return this.add(queue, [request], place, now)[0] as KnownCrawleeRequest;
		this.#prepare('UPDATE crawlee_request SET place = ?, data = ? WHERE queue_id = ? AND id = ?').run(
			this.#placeFor(queueId, request, place),
			request.json,
			queueId,
			request.id,
		);
		if (request.isHandled) this.#free(queue, request.id);
		this.#count(queueId, 0, Number(request.isHandled) - Number(known.wasAlreadyHandled));
		this.#touch(queueId, now);
		return known;
	}

	get(queue: string, id: string): string | undefined {
		return this.#prepare(`SELECT data FROM crawlee_request WHERE ${THIS_REQUEST}`).get(queue, id)?.data as
			| string
			| undefined;
	}

	remove(queue: string, id: string, now: number): void {
		const removed = this.#prepare(`DELETE FROM crawlee_request WHERE ${THIS_REQUEST} RETURNING queue_id, place`).get(
			queue,
			id,
		);
		if (removed === undefined) return;
		this.#count(removed.queue_id as number, -1, removed.place === null ? -1 : 0);
		this.#touch(removed.queue_id as number, now);
	}

	head(queue: string, limit: number): StoredCrawleeRequest[] {
		return this.#prepare(
			`SELECT id, data FROM crawlee_request WHERE queue_id = (SELECT id FROM crawlee_queue WHERE name = ?)
			AND place IS NOT NULL ORDER BY place LIMIT ?`,
		)
			.all(queue, limit)
			.map(storedRequest);
	}

	lockHead(
		queue: string,
		limit: number,
		lock: CrawleeLock,
		now: number,
	): { requests: StoredCrawleeRequest[]; hasLocked: boolean } {
		const requests = this.#prepare(
			`SELECT id, data FROM crawlee_request WHERE queue_id = (SELECT id FROM crawlee_queue WHERE name = ?)
			AND place IS NOT NULL AND (locked_until IS NULL OR locked_until <= ?) ORDER BY place LIMIT ?`,
		)
			.all(queue, now, limit)
			.map(storedRequest);
		const mark = this.#prepare(
			`UPDATE crawlee_request SET locked_until = ?, locked_by = ?, has_begun = 0 WHERE ${THIS_REQUEST}`,
		);
		for (const { id } of requests) mark.run(lock.until, lock.client ?? null, queue, id);
		const locked = this.#prepare(
			`SELECT 1 FROM crawlee_request WHERE queue_id = (SELECT id FROM crawlee_queue WHERE name = ?)
			AND locked_until > ? LIMIT 1`,
		).get(queue, now);
		return { requests, hasLocked: locked !== undefined };
	}

	prolongLock(queue: string, id: string, lock: CrawleeLock, place: PlaceInQueue, now: number): boolean {
		const client = lock.client ?? null;
		const { changes } = this.#prepare(
			`UPDATE crawlee_request SET locked_until = ?, locked_by = ?, has_begun = 1
			WHERE ${THIS_REQUEST} AND place IS NOT NULL
			AND (locked_until IS NULL OR locked_until <= ? OR locked_by IS ?)`,
		).run(lock.until, client, queue, id, now, client);
		if (changes === 1 && place.forefront) this.#bringForward(queue, id);
		return changes === 1;
	}

	unlock(queue: string, id: string, client: string | undefined, place: PlaceInQueue): boolean {
		const held = this.#prepare(
			`SELECT 1 FROM crawlee_request WHERE ${THIS_REQUEST} AND locked_until IS NOT NULL AND locked_by IS ?`,
		).get(queue, id, client ?? null);
		if (held === undefined) return false;
		this.#free(queue, id);
		if (place.forefront) this.#bringForward(queue, id);
		return true;
	}

	#known(queueId: number, id: string): KnownCrawleeRequest {
		const row = this.#prepare('SELECT place FROM crawlee_request WHERE queue_id = ? AND id = ?').get(queueId, id);
		return row === undefined ? UNKNOWN : { wasAlreadyPresent: true, wasAlreadyHandled: row.place === null };
	}

	#placeFor(queueId: number, { isHandled }: NewCrawleeRequest, { forefront }: PlaceInQueue): number | null {
		if (isHandled) return null;
		const end = this.#prepare(
			`SELECT place FROM crawlee_request WHERE queue_id = ? AND place IS NOT NULL
			ORDER BY place ${forefront ? 'ASC' : 'DESC'} LIMIT 1`,
		).get(queueId);
		return ((end?.place as number | undefined) ?? 0) + (forefront ? -1 : 1);
	}

	#bringForward(queue: string, id: string): void {
		this.#prepare(
			`UPDATE crawlee_request SET place = (
				SELECT first.place - 1 FROM crawlee_request AS first
				WHERE first.queue_id = crawlee_request.queue_id AND first.place IS NOT NULL ORDER BY first.place LIMIT 1
			) WHERE ${THIS_REQUEST}`,
		).run(queue, id);
	}

	#free(queue: string, id: string): void {
		this.#prepare(`UPDATE crawlee_request ${FREE} WHERE ${THIS_REQUEST}`).run(queue, id);
	}

	#count(queueId: number, total: number, handled: number): void {
		if (total === 0 && handled === 0) return;
		this.#prepare(
			'UPDATE crawlee_queue SET total_count = total_count + ?, handled_count = handled_count + ? WHERE id = ?',
		).run(total, handled, queueId);
	}

	#touch(queueId: number, now: number): void {
		this.#prepare('UPDATE crawlee_queue SET modified_at = ? WHERE id = ?').run(now, queueId);
	}

	#id(queue: string, now: number): number {
		this.#prepare(
			'INSERT INTO crawlee_queue (name, created_at, modified_at) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING',
		).run(queue, now, now);
		return this.#prepare('SELECT id FROM crawlee_queue WHERE name = ?').get(queue)?.id as number;
	}

	#prepare(sql: string): StatementSync {
		let statement = this.#statements.get(sql);
		if (statement === undefined) {
			statement = this.#database.prepare(sql);
			this.#statements.set(sql, statement);
		}
		return statement;
	}
}

function queueFacts(row: Row): CrawleeQueueFacts {
	return {
		name: row.name as string,
		createdAt: row.created_at as number,
		modifiedAt: row.modified_at as number,
		totalCount: row.total_count as number,
		handledCount: row.handled_count as number,
	};
}

function storedRequest(row: Row): StoredCrawleeRequest {
	return { id: row.id as string, json: row.data as string };
}
