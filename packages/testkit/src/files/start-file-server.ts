import { sendReply } from '../server/handler.ts';
import type { ListenOptions } from '../server/listen.ts';
import type { TestServer } from '../server/start-server.ts';
import { startServer } from '../server/start-server.ts';
import type { FileFaults } from './file-faults.ts';
import { checkFaults } from './file-faults.ts';
import { nameAt } from './file-name.ts';
import { FileState } from './file-state.ts';
import { sendBody } from './send-body.ts';
import type { ServedFile } from './served-file.ts';
import { checkFile } from './served-file.ts';

export interface FileServerOptions extends ListenOptions {
	/** The files by name: `data.bin` is served at `/data.bin`, whatever the query. */
	readonly files?: Readonly<Record<string, ServedFile>>;
}

/** A running file server. */
export interface FileServer extends TestServer {
	/**
	 * Adds a file, or replaces it with all that was said about it. Responses under way go on with what they began with.
	 *
	 * @throws {RangeError | TypeError} naming what does not fit.
	 */
	setFile(name: string, file: ServedFile): void;
	/**
	 * Replaces the faults of a file, none by default, and leaves the file alone.
	 *
	 * @throws {RangeError} if there is no such file, or naming the fault that does not fit.
	 */
	setFaults(name: string, faults?: FileFaults): void;
	/**
	 * How many bytes of bodies were handed to the system for a file, since the server started. What a client took
	 * may be less by what its connection buffers.
	 *
	 * @throws {RangeError} if there is no such file.
	 */
	bytesServed(name: string): number;
}

/**
 * Starts a server for files that goes wrong in the ways that downloads meet. Without faults it follows RFC 9110:
 * conditions, HEAD, and single ranges with `If-Range`; several ranges at once are answered with the whole file.
 *
 * @throws {RangeError | TypeError} naming the option that does not fit.
 * @example
 * await using server = await startFileServer({ files: { 'data.bin': { size: 2 ** 30, seed: 1, cutAfter: 1e6 } } });
 * await download(`${server.url}/data.bin`);
 * server.bytesServed('data.bin'); // 2 ** 30, if nothing was fetched twice
 */
export async function startFileServer({ files = {}, ...options }: FileServerOptions = {}): Promise<FileServer> {
	const states = new Map<string, FileState>();
	const setFile = (name: string, file: ServedFile): void => {
		checkFile(file);
		const state = states.get(name);
		if (state === undefined) states.set(name, new FileState(name, file));
		else state.setFile(file);
	};
	const stateOf = (name: string): FileState => {
		const state = states.get(name);
		if (state !== undefined) return state;
		throw new RangeError(`no file ${JSON.stringify(name)}, there are: ${[...states.keys()].join(', ') || 'none'}`);
	};
	for (const [name, file] of Object.entries(files)) setFile(name, file);

	const server = await startServer(async (request, response, url) => {
		const { method = '', headers } = request;
		const state = states.get(nameAt(url.pathname));
		if (state === undefined) return sendReply(response, { status: 404, body: 'No such file' });
		if (method !== 'GET' && method !== 'HEAD') {
			return sendReply(response, { status: 405, headers: { Allow: 'GET, HEAD' } });
		}
		const { status, headers: fields, pieces, representation, plan } = await state.serve({ method, headers });
		response.writeHead(status, fields);
		if (method === 'HEAD' || status === 304) response.end();
		else {
			const isFile = status === 200 || status === 206;
			await sendBody(response, representation, pieces, plan, (bytes) => state.countBytes(isFile ? bytes : 0));
		}
	}, options);

	return {
		...server,
		setFile,
		setFaults: (name, faults = {}) => {
			checkFaults(faults);
			stateOf(name).setFaults(faults);
		},
		bytesServed: (name) => stateOf(name).bytesServed,
	};
}
