import type { IncomingHttpHeaders } from 'node:http';

/** The validators of a version as they are sent (RFC 9110 section 8.8). */
export interface Validators {
	/** With its quotes, and `W/` if it is weak. */
	readonly etag?: string;
	/** An HTTP date. */
	readonly lastModified?: string;
}

/** What a request's conditions come to: the file, or one of the answers without it. */
export type Verdict = 'proceed' | 'not-modified' | 'precondition-failed';

/** Weighs the conditions of a GET or HEAD in the order of RFC 9110 section 13.2.2, all but `If-Range`. */
export function judgeConditions(headers: IncomingHttpHeaders, validators: Validators): Verdict {
	const ifMatch = headers['if-match'];
	if (ifMatch !== undefined) {
		if (!namesTag(ifMatch, validators.etag, isSameStrongly)) return 'precondition-failed';
	} else if (isAfter(validators.lastModified, headers['if-unmodified-since'])) {
		return 'precondition-failed';
	}
	const ifNoneMatch = headers['if-none-match'];
	if (ifNoneMatch !== undefined) {
		return namesTag(ifNoneMatch, validators.etag, isSameWeakly) ? 'not-modified' : 'proceed';
	}
	const since = headers['if-modified-since'];
	if (validators.lastModified === undefined || since === undefined || Number.isNaN(Date.parse(since))) {
		return 'proceed';
	}
	return isAfter(validators.lastModified, since) ? 'proceed' : 'not-modified';
}

/** Whether a range may be answered: no `If-Range`, or one that names this version (RFC 9110 section 13.1.5). */
export function isRangeOfThisVersion(ifRange: string | undefined, validators: Validators): boolean {
	if (ifRange === undefined) return true;
	if (ifRange.includes('"')) return isSameStrongly(ifRange.trim(), validators.etag);
	return validators.lastModified !== undefined && Date.parse(ifRange) === Date.parse(validators.lastModified);
}

function namesTag(
	field: string,
	etag: string | undefined,
	isSame: (one: string, other: string | undefined) => boolean,
): boolean {
	if (field.trim() === '*') return true;
	return (field.match(/(?:W\/)?"[^"]*"/g) ?? []).some((tag) => isSame(tag, etag));
}

function isSameStrongly(one: string, other: string | undefined): boolean {
	return one === other && !one.startsWith('W/');
}

function isSameWeakly(one: string, other: string | undefined): boolean {
	return one.replace(/^W\//, '') === other?.replace(/^W\//, '');
}

/** False unless both are dates, which is how conditions on dates that are none are ignored. */
function isAfter(modified: string | undefined, since: string | undefined): boolean {
	return modified !== undefined && since !== undefined && Date.parse(modified) > Date.parse(since);
}
