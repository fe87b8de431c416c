import type { DatabaseSync, SQLOutputValue, StatementSync } from 'node:sqlite';
import type {
	AddedRequest,
	FailedRequest,
	LeasedRequest,
	NewRequest,
	PageCommit,
	RequestMethod,
	StoreCounts,
	WaitingDomain,
} from '../store/crawl-store.ts';
import { claimsTarget } from './claims-target.ts';
import type { CounterTable } from './counter-table.ts';
import { type KeyHash, readKeyHash } from './key-hash.ts';

type Row = Record<string, SQLOutputValue>;
type Status = keyof StoreCounts;

const STATUSES = [
	'waiting',
	'delayed',
	'leased',
	'handled',
	'failed',
	'skipped',
	'redirected',
] as const satisfies readonly Status[];

// Made once: text that is put together anew in each call is also looked up by all of its characters.
const NEXT_WAITING = `SELECT id, unique_key, url, method, label, priority, crawl_depth, data, parent_id, retry_count
	FROM request WHERE domain_id = ? AND status = 'waiting' ORDER BY priority DESC, id LIMIT ?`;

/**
 * The `request` and `domain` tables. Every method that writes must run within a transaction of the caller's; the counts
 * are those of the rows as this object has written them, and are in the file after `save`.
 */
export class RequestTable {
	readonly #database: DatabaseSync;
	readonly #statements = new Map<string, StatementSync>();
	/** Ids of the domains met lately; bounded, because a crawl may meet millions. */
	readonly #domainIds = new Map<string, number>();
	readonly #counters: CounterTable;
	readonly #hash: KeyHash;
	/** How many requests of each domain have begun or ceased to wait, until `save` writes it. */
	readonly #newlyWaiting = new Map<number, number>();
	/** Requests that a link has claimed while they were leased. After a kill what was leased waits again anyway. */
	readonly #claimed = new Set<number>();
	#nextDelayed: number | undefined;

	/** @param counters where the number of requests in each state is kept. */
	constructor(database: DatabaseSync, counters: CounterTable) {
		this.#database = database;
		this.#counters = counters;
		this.#hash = readKeyHash(database);
		this.reload();
	}

	/** Forgets what it knows of the rows, after a transaction was rolled back or somebody else changed them. */
	reload(): void {
		this.#newlyWaiting.clear();
		this.#domainIds.clear();
		this.#readNextDelayed();
	}

	/** Writes what was only counted so far. To be called before each commit. */
	save(): void {
		const write = this.#prepare('UPDATE domain SET waiting = waiting + ? WHERE id = ?');
		for (const [domainId, count] of this.#newlyWaiting) if (count !== 0) write.run(count, domainId);
		this.#newlyWaiting.clear();
	}

	nextDelayed(): number | undefined {
		return this.#nextDelayed;
	}

	/** Removes all requests. A domain that asked to be left alone is still remembered. */
	clear(now: number): void {
		this.#database.exec('DELETE FROM request; UPDATE domain SET waiting = 0');
		this.#prepare('DELETE FROM domain WHERE blocked_until <= ?').run(now);
		for (const status of STATUSES) this.#counters.set(status, 0);
		this.#claimed.clear();
		this.reload();
	}

	/** Whether the request is handed out. */
	isLeased(id: number): boolean {
		return this.#prepare('SELECT status FROM request WHERE id = ?').get(id)?.status === 'leased';
	}

	/** What a process that died had leased waits again. Answers how many that were. */
	reclaimLeased(): number {
		if (this.#counters.get('leased') === 0) return 0;
		this.#database.exec(`
			UPDATE domain SET waiting = waiting + leased.count
			FROM (SELECT domain_id, count(*) AS count FROM request WHERE status = 'leased' GROUP BY domain_id) AS leased
			WHERE domain.id = leased.domain_id`);
		const { changes } = this.#prepare(`UPDATE request SET status = 'waiting' WHERE status = 'leased'`).run();
		this.#move('leased', 'waiting', Number(changes));
		return Number(changes);
	}

	/** Makes delayed requests wait whose time has come. */
	promoteDelayed(now: number): void {
		if (this.#nextDelayed === undefined || this.#nextDelayed > now) return;
		const due = this.#prepare(
			`UPDATE request SET status = 'waiting' WHERE status = 'delayed' AND not_before <= ? RETURNING domain_id`,
		).all(now);
		for (const { domain_id } of due) this.#addWaiting(domain_id as number, 1);
		this.#move('delayed', 'waiting', due.length);
		this.#readNextDelayed();
	}

	/** Stores the request when its key is new. Answers false when there is nothing new to do. */
	insert(request: NewRequest, now: number): boolean {
		return !this.add(request, now).wasAlreadyPresent;
	}

	/** Stores the request when its key is new, and tells what is there now. */
	add(request: NewRequest, now: number): AddedRequest {
		const hash = this.#hash(request.uniqueKey);
		const found = this.#prepare(
			'SELECT id, status, label, data FROM request WHERE key_hash = ? AND unique_key = ?',
		).get(hash, request.uniqueKey);
		if (found !== undefined) {
			const isOpen = found.status === 'waiting' || found.status === 'delayed' || found.status === 'leased';
			const isNew = claimsTarget(request, found) && this.#claim(found, request);
			return { id: found.id as number, wasAlreadyPresent: !isNew, wasAlreadyHandled: !isOpen && !isNew };
		}
		const domainId = this.#domainId(request.domain);
		const { lastInsertRowid } = this.#prepare(
			`INSERT INTO request
			(unique_key, key_hash, url, domain_id, method, label, priority, crawl_depth, data, parent_id, added_at)
			VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		).run(
			request.uniqueKey,
			hash,
			request.url === request.uniqueKey ? null : request.url,
			domainId,
			request.method,
			request.label ?? null,
			request.priority,
			request.crawlDepth,
			request.data === undefined ? null : JSON.stringify(request.data),
			request.parentId ?? null,
			now,
		);
		this.#addWaiting(domainId, 1);
		this.#counters.add('waiting', 1);
		return { id: Number(lastInsertRowid), wasAlreadyPresent: false, wasAlreadyHandled: false };
	}

	/**
	 * Gives the target of a redirect the label and all else that a link has for it. Answers whether it waits anew, because
	 * it was done already.
	 */
	#claim(found: Row, { label, priority, crawlDepth, data, parentId }: NewRequest): boolean {
		const id = found.id as number;
		this.#prepare(
			`UPDATE request SET label = ?, priority = ?, crawl_depth = ?, data = ?, parent_id = ? WHERE id = ?`,
		).run(label ?? null, priority, crawlDepth, data === undefined ? null : JSON.stringify(data), parentId ?? null, id);
		if (found.status === 'leased') this.#claimed.add(id);
		if (!canWaitAnew(found.status)) return false;
		this.#waitAnew(id, found.status);
		return true;
	}

	/** Answers the domain of the request. */
	#waitAnew(id: number, from: Status): string {
		const row = this.#prepare(
			`UPDATE request SET status = 'waiting', retry_count = 0, finished_at = NULL, http_status = NULL,
			loaded_url = NULL, error = NULL WHERE id = ? RETURNING domain_id`,
		).get(id);
		const domainId = row?.domain_id as number;
		this.#addWaiting(domainId, 1);
		this.#move(from, 'waiting', 1);
		return this.#prepare('SELECT name FROM domain WHERE id = ?').get(domainId)?.name as string;
	}

	lease(domain: string, limit: number, now: number): LeasedRequest[] {
		this.promoteDelayed(now);
		const domainId = this.#domainId(domain);
		const rows = this.#prepare(NEXT_WAITING).all(domainId, limit);
		const mark = this.#prepare(`UPDATE request SET status = 'leased' WHERE id = ?`);
		for (const row of rows) mark.run(row.id as number);
		this.#addWaiting(domainId, -rows.length);
		this.#move('waiting', 'leased', rows.length);
		return rows.map((row) => leasedRequest(row, domain));
	}

	release(ids: readonly number[]): void {
		const release = this.#prepare(
			`UPDATE request SET status = 'waiting' WHERE id = ? AND status = 'leased' RETURNING domain_id`,
		);
		for (const id of ids) {
			const row = release.get(id);
			if (row === undefined) continue;
			this.#claimed.delete(id);
			this.#addWaiting(row.domain_id as number, 1);
			this.#move('leased', 'waiting', 1);
		}
	}

	/** Writes how the work on a leased request ended. Answers its domain when it waits anew already. */
	finish(page: PageCommit, now: number): string | undefined {
		const { id, outcome } = page;
		const isClaimed = this.#claimed.delete(id);
		if (outcome.status === 'delayed') {
			const notBefore = wholeTime(outcome.notBefore);
			this.#prepare(
				`UPDATE request SET status = 'delayed', not_before = ?, retry_count = ?, error = ?,
				data = coalesce(?, data), priority = coalesce(?, priority) WHERE id = ?`,
			).run(
				notBefore,
				outcome.retryCount,
				outcome.error,
				outcome.data === undefined || isClaimed ? null : JSON.stringify(outcome.data),
				isClaimed ? null : (outcome.priority ?? null),
				id,
			);
			this.#nextDelayed = Math.min(this.#nextDelayed ?? notBefore, notBefore);
		} else {
			const { error, reason, loadedUrl, httpStatus } = outcome as {
				error?: string;
				reason?: string;
				loadedUrl?: string;
				httpStatus?: number;
			};
			this.#prepare(
				`UPDATE request SET status = ?, finished_at = ?, retry_count = ?, http_status = ?, loaded_url = ?, error = ?
				WHERE id = ?`,
			).run(outcome.status, now, page.retryCount, httpStatus ?? null, loadedUrl ?? null, error ?? reason ?? null, id);
		}
		this.#move('leased', outcome.status, 1);
		return isClaimed && canWaitAnew(outcome.status) ? this.#waitAnew(id, outcome.status) : undefined;
	}

	/** Domains with waiting requests that `except` does not name, those that are free first. */
	domains(limit: number, except: (domain: string) => boolean, now: number): WaitingDomain[] {
		this.promoteDelayed(now);
		this.save();
		const found: WaitingDomain[] = [];
		const rows = this.#prepare('SELECT name, blocked_until FROM domain WHERE waiting > 0 ORDER BY blocked_until, id');
		for (const row of rows.iterate()) {
			const name = row.name as string;
			if (!except(name)) found.push({ name, blockedUntil: row.blocked_until as number });
			if (found.length >= limit) break;
		}
		return found;
	}

	failed({ offset, limit }: { offset: number; limit: number }): FailedRequest[] {
		const rows = this.#prepare(
			`SELECT coalesce(url, unique_key) AS url, error, http_status, parent_id
			FROM request WHERE status = 'failed' ORDER BY id LIMIT ? OFFSET ?`,
		).all(limit, offset);
		return rows.map((row) => ({
			url: row.url as string,
			error: row.error as string,
			httpStatus: (row.http_status as number | null) ?? undefined,
			foundOn: this.#foundOn(row.parent_id as number | null),
		}));
	}

	/** The page with the link: behind a redirect, that is the one that led to the redirect. */
	#foundOn(parentId: number | null): string | undefined {
		const parent =
			parentId === null
				? undefined
				: this.#prepare('SELECT coalesce(url, unique_key) AS url, status, parent_id FROM request WHERE id = ?').get(
						parentId,
					);
		if (parent?.status === 'redirected') return this.#foundOn(parent.parent_id as number | null);
		return parent?.url as string | undefined;
	}

	block(domain: string, until: number): void {
		this.#prepare('UPDATE domain SET blocked_until = ? WHERE id = ?').run(wholeTime(until), this.#domainId(domain));
	}

	#readNextDelayed(): void {
		const row = this.#prepare(`SELECT min(not_before) AS due FROM request WHERE status = 'delayed'`).get();
		this.#nextDelayed = (row?.due as number | null) ?? undefined;
	}

	#domainId(name: string): number {
		const known = this.#domainIds.get(name);
		if (known !== undefined) return known;
		this.#prepare('INSERT INTO domain (name) VALUES (?) ON CONFLICT (name) DO NOTHING').run(name);
		const id = this.#prepare('SELECT id FROM domain WHERE name = ?').get(name)?.id as number;
		if (this.#domainIds.size >= 10_000) this.#domainIds.clear();
		this.#domainIds.set(name, id);
		return id;
	}

	#addWaiting(domainId: number, count: number): void {
		this.#newlyWaiting.set(domainId, (this.#newlyWaiting.get(domainId) ?? 0) + count);
	}

	#move(from: Status, to: Status, count: number): void {
		this.#counters.add(from, -count);
		this.#counters.add(to, count);
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

/** What robots.txt forbids it forbids under any label. */
function canWaitAnew(status: SQLOutputValue | undefined): status is 'handled' | 'failed' | 'redirected' {
	return status === 'handled' || status === 'failed' || status === 'redirected';
}

/** A time as the columns take it: whole milliseconds, up to the last that a `Date` knows. */
function wholeTime(time: number): number {
	return Math.min(Math.ceil(time), 8.64e15);
}

function leasedRequest(row: Row, domain: string): LeasedRequest {
	const uniqueKey = row.unique_key as string;
	return {
		id: row.id as number,
		uniqueKey,
		url: (row.url as string | null) ?? uniqueKey,
		domain,
		method: row.method as RequestMethod,
		label: (row.label as string | null) ?? undefined,
		priority: row.priority as number,
		crawlDepth: row.crawl_depth as number,
		data: row.data === null ? undefined : JSON.parse(row.data as string),
		parentId: (row.parent_id as number | null) ?? undefined,
		retryCount: row.retry_count as number,
	};
}
