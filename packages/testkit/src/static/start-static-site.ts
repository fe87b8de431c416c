import { createReadStream } from 'node:fs';
import { realpath, stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { sendReply } from '../server/handler.ts';
import type { ListenOptions } from '../server/listen.ts';
import type { TestServer } from '../server/start-server.ts';
import { startServer } from '../server/start-server.ts';
import { contentType } from './content-type.ts';
import { findFile } from './find-file.ts';

export interface StaticSiteOptions extends ListenOptions {
	/**
	 * Whether symbolic links may lead out of the folder, as those of a distribution's documentation do; false by
	 * default, which makes them 404.
	 */
	readonly followSymlinks?: boolean;
}

/**
 * Serves the files of a folder: GET and HEAD, `index.html` for folders, content types by file name.
 *
 * @throws {TypeError} if `dir` is not a folder.
 */
export async function startStaticSite(dir: string, options: StaticSiteOptions = {}): Promise<TestServer> {
	const isFolder = await stat(dir).then(
		(found) => found.isDirectory(),
		() => false,
	);
	if (!isFolder) throw new TypeError(`startStaticSite needs a folder that exists, got ${JSON.stringify(dir)}`);
	const root = await realpath(dir);
	const { followSymlinks = false } = options;
	return startServer(async (request, response, url) => {
		if (request.method !== 'GET' && request.method !== 'HEAD') {
			return sendReply(response, { status: 405, headers: { Allow: 'GET, HEAD' } });
		}
		const found = await findFile(root, url.pathname, followSymlinks);
		if (found.kind === 'folder') {
			return sendReply(response, { status: 301, headers: { Location: `${url.pathname}/${url.search}` } });
		}
		if (found.kind === 'none') return sendReply(response, { status: 404, body: 'No such file' });
		response.writeHead(200, { 'Content-Type': contentType(found.file), 'Content-Length': found.size });
		if (request.method === 'HEAD') response.end();
		else await pipeline(createReadStream(found.file), response);
	}, options);
}
