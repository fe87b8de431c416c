import { parseArgs } from 'node:util';

/** How a script that opens a server is called. */
export interface ServerUsage {
	/** Shown for `--help`. */
	readonly usage: string;
	/** What must stand before the port. */
	readonly before: readonly string[];
	readonly defaultPort: number;
}

/**
 * Reads what stands before the port, and the port. Shows the usage for `--help`, and ends with code 2 and a sentence for
 * anything that cannot be used.
 */
export function serverArguments({ usage, before, defaultPort }: ServerUsage): {
	readonly values: string[];
	readonly port: number;
} {
	try {
		const options = { help: { type: 'boolean' } } as const;
		const { values, positionals } = parseArgs({ allowPositionals: true, options });
		if (values.help) {
			console.log(usage);
			process.exit(0);
		}
		const [given, ...more] = positionals.slice(before.length);
		const missing = before[positionals.length];
		if (missing !== undefined) throw new Error(`Which ${missing}? ${usage}`);
		if (more.length > 0) throw new Error(`"${more.join(' ')}" is too much: ${usage}`);
		const port = given === undefined ? defaultPort : Number(given);
		if (!/^\d+$/.test(given ?? '0') || port > 65_535) {
			throw new Error(`The port must be a number from 0 to 65535, got "${given}".`);
		}
		return { values: positionals.slice(0, before.length), port };
	} catch (error) {
		const { message } = error as Error;
		console.error(message.replace(/^Unknown option '(.+?)'.*/s, `There is no option $1: ${usage}`));
		process.exit(2);
	}
}

/** The server that `start` opens. Ends with code 1 and a sentence where it cannot be opened. */
export async function opened<Server>(port: number, start: () => Promise<Server>): Promise<Server> {
	try {
		return await start();
	} catch (error) {
		const { code, message } = error as NodeJS.ErrnoException;
		if (code === 'EADDRINUSE') console.error(`Port ${port} is taken: give another one, or 0 for any that is free.`);
		else if (code === 'EACCES') console.error(`Port ${port} is not for everybody: give one above 1023.`);
		else console.error(message);
		process.exit(1);
	}
}
