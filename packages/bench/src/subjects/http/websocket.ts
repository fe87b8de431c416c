import type { BenchOptions } from '../../arguments.ts';
import type { MessagesAnswer, MessagesJob } from '../../contestants/http-websocket/contract.ts';
import {
	type NodeReader,
	nodeReaders,
	type PythonReader,
	pythonReaders,
} from '../../contestants/http-websocket/names.ts';
import { runChild } from '../../measure/child-process.ts';
import { attend } from '../../peers/attend.ts';
import { floodUrl, startFloodServer } from '../../server/flood-server.ts';
import { chosen, type HttpPart, type PartResult } from './part.ts';
import { measureSection, type Section } from './section.ts';
import { type MessagesSample, messagesRules } from './websocket-rules.ts';

type Reader = NodeReader | PythonReader;

const contestants: readonly Reader[] = [...nodeReaders, ...(Object.keys(pythonReaders) as PythonReader[])];

const folder = new URL('../../contestants/http-websocket/', import.meta.url);

/** Messages of a WebSocket, as fast as they are read. */
export const websocket: HttpPart = { contestants, run: runWebSocket };

async function runWebSocket(wanted: readonly string[], options: BenchOptions): Promise<PartResult> {
	const { messages = 1_000_000 } = options;
	const { names, programs, versions, absences } = await attend(chosen(contestants, wanted), (name) =>
		isNodeReader(name) ? undefined : { kind: 'python', module: pythonReaders[name] },
	);
	await using server = await startFloodServer();
	const sections: Section[] = [];
	for (const flood of [
		{ label: 'websocket', count: messages, bytes: 100 },
		{ label: 'websocket-large', count: Math.ceil(messages / 4), bytes: 4096 },
	]) {
		const job: MessagesJob = { url: floodUrl(server.first.url, flood.bytes, flood.count) };
		const once = async (name: Reader, nodeArguments: readonly string[]): Promise<MessagesSample> => {
			const script = new URL(isNodeReader(name) ? 'child.ts' : 'python.py', folder);
			await server.report();
			const program = programs.get(name);
			const measured = await runChild<MessagesAnswer>({ script, name, job, nodeArguments, program });
			return { ...measured, sent: (await server.report()).sent };
		};
		const section = await measureSection(
			{
				label: flood.label,
				setting: `${flood.count} binary messages of ${flood.bytes} bytes, without compression`,
				names,
				once,
				runsOnNode: isNodeReader,
				rules: messagesRules(flood),
				remarks: absences,
			},
			options,
		);
		sections.push(section);
	}
	return { versions, settings: { messages }, sections };
}

function isNodeReader(name: Reader): name is NodeReader {
	return nodeReaders.some((reader) => reader === name);
}
