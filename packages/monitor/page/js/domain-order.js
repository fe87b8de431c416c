/** @import { DomainNumbers } from '../../src/protocol/numbers.ts' */

/** @typedef {'name' | 'waiting' | 'inFlight' | 'rate' | 'limit' | 'p50Ms' | 'p95Ms' | 'statuses' | 'blockedUntil'} DomainColumn */

/**
 * Domains in the order of a column. What is not known comes last either way; equals keep the order of their names.
 *
 * @param {readonly DomainNumbers[]} domains
 * @param {DomainColumn} column
 * @param {boolean} isDescending
 * @returns {DomainNumbers[]}
 */
export function orderDomains(domains, column, isDescending) {
	const sign = isDescending ? -1 : 1;
	return domains.toSorted((a, b) => {
		const byName = a.name.localeCompare(b.name);
		if (column === 'name') return sign * byName;
		const [left, right] = [measureOf(a, column), measureOf(b, column)];
		if (left === right) return byName;
		if (left === null) return 1;
		if (right === null) return -1;
		return sign * (left - right);
	});
}

/**
 * @param {DomainNumbers} domain
 * @param {Exclude<DomainColumn, 'name'>} column
 */
function measureOf(domain, column) {
	return column === 'statuses' ? badResponses(domain) : domain[column];
}

/**
 * Responses with an error status.
 *
 * @param {DomainNumbers} domain
 */
function badResponses({ statuses }) {
	return Object.entries(statuses).reduce((sum, [status, many]) => sum + (Number(status) >= 400 ? many : 0), 0);
}
