import type { RequestLog } from '../server/request-log.ts';
import { nameAt } from './file-name.ts';

/**
 * The `Range` fields with which a file was asked for by GET, in order of arrival; `undefined` stands for a request
 * for the whole file.
 */
export function rangesOf(log: RequestLog, name: string): (string | undefined)[] {
	return log
		.select(({ method, url }) => method === 'GET' && nameAt(url.split('?', 1)[0] ?? '') === name)
		.map(({ headers }) => headers.range);
}
