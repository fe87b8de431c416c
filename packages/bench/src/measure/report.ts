import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { userPath } from '../user-path.ts';
import { describeMachine } from './machine.ts';

/** What a subject has to say beyond the facts every report carries. */
export interface ReportBody {
	readonly subject: string;
	readonly versions: Readonly<Record<string, string>>;
	readonly settings: unknown;
	readonly results: unknown;
}

/** Writes the figures with machine, date and command as JSON; missing folders are made. Returns the full path. */
export async function writeReport(file: string, body: ReportBody): Promise<string> {
	const path = userPath(file);
	const report = {
		date: new Date().toISOString(),
		command: ['npm run bench --', ...process.argv.slice(2)].join(' '),
		machine: describeMachine(),
		...body,
	};
	await mkdir(dirname(path), { recursive: true });
	await writeFile(path, `${JSON.stringify(report, null, '\t')}\n`);
	return path;
}
