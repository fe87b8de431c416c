import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** What `runToEnd` starts. */
export interface ProgramOptions {
	/** A file, or a name that is looked up in PATH. */
	readonly program: string;
	readonly arguments: readonly string[];
	/** What errors call it. The program by default. */
	readonly name?: string;
	/** The folder it works in. This process's own by default. */
	readonly directory?: string;
}

/** A program that ended well. */
export interface ProgramEnd {
	/** All of stdout. */
	readonly output: string;
	/** Wall time from its start to its end. */
	readonly processSeconds: number;
}

/** Long enough for ten million URLs in a queue; only a run that hangs gets there. */
const timeLimitMs = 60 * 60_000;

/**
 * Runs a program and waits for its end.
 *
 * @throws {Error} with the program's own words if it cannot be started, or ends in any other way than with exit code 0.
 */
export async function runToEnd({
	program,
	arguments: arguments_,
	name = program,
	directory = process.cwd(),
}: ProgramOptions): Promise<ProgramEnd> {
	const started = performance.now();
	const child = spawn(program, arguments_, {
		cwd: directory,
		// Everything here is asked on loopback: a proxy from the environment would be what is measured.
		env: { ...process.env, no_proxy: '127.0.0.1', NO_PROXY: '127.0.0.1' },
		stdio: ['ignore', 'pipe', 'pipe'],
		timeout: timeLimitMs,
	});
	const [output, complaints, [code, signal]] = await Promise.all([
		text(child.stdout),
		text(child.stderr),
		once(child, 'close') as Promise<[number | null, NodeJS.Signals | null]>,
	]);
	const processSeconds = (performance.now() - started) / 1000;
	if (code !== 0) {
		const end = signal === null ? `exit code ${code}` : `signal ${signal}`;
		throw new Error(`${name} ended with ${end}: ${complaints.trim() || 'it said nothing'}`);
	}
	return { output, processSeconds };
}
