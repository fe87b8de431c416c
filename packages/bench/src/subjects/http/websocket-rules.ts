import type { MessagesAnswer } from '../../contestants/http-websocket/contract.ts';
import type { Measured } from '../../measure/child-process.ts';
import { countColumn, medianColumn, memoryColumn, rangeColumn } from '../result-columns.ts';
import type { TableRules } from '../result-tables.ts';

/** One run of reading messages. */
export interface MessagesSample extends Measured<MessagesAnswer> {
	/** Messages that the server sent meanwhile. */
	readonly sent: number;
}

/** How the runs become a table. */
export function messagesRules({ count, bytes }: { count: number; bytes: number }): TableRules<MessagesSample> {
	const speed = ({ answer: { messages, seconds } }: MessagesSample): number => messages / seconds;
	const cost = ({ answer: { messages, workCpuSeconds } }: MessagesSample): number => workCpuSeconds / messages;
	return {
		columns: [
			countColumn('messages', ({ answer }) => answer.messages),
			rangeColumn('messages/s', speed),
			medianColumn('CPU µs/message', (sample) => cost(sample) * 1e6),
			memoryColumn('peak memory', ({ maxRssBytes }) => maxRssBytes),
		],
		faults: ({ answer, sent }) => {
			const faults: string[] = [];
			if (answer.messages !== count) faults.push(`read ${answer.messages} messages of ${count}`);
			if (answer.bytes !== count * bytes) faults.push(`read ${answer.bytes} bytes of ${count * bytes}`);
			if (sent !== count) faults.push(`the server sent ${sent} messages instead of ${count}`);
			return faults;
		},
		speed,
		cost,
		units: { speed: 'messages/s', cost: 'CPU/message' },
		comparisons: [
			{ numerator: 'ours', denominator: 'ws', goal: 0.8 },
			{ numerator: 'ours', denominator: 'aiohttp' },
		],
	};
}
