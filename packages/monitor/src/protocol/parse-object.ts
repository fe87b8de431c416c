import { MalformedMessage } from './malformed-message.ts';
import { isRecord } from './record.ts';

/** @throws MalformedMessage unless it is JSON of an object. */
export function parseObject(json: string): Record<string, unknown> {
	let value: unknown;
	try {
		value = JSON.parse(json);
	} catch {
		throw new MalformedMessage('A message must be JSON');
	}
	if (!isRecord(value)) throw new MalformedMessage('A message must be a JSON object');
	return value;
}
