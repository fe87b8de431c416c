import { createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Pool } from 'undici';
import type { DownloadContestant } from './contract.ts';

/** The least a downloader can do: the body piped into a file. Nothing is resumed, verified, retried or synced. */
export const pipeToFile: DownloadContestant = async ({ url, file }) => {
	const { origin, pathname } = new URL(url);
	const pool = new Pool(origin);
	const { body } = await pool.request({ method: 'GET', path: pathname });
	await pipeline(body, createWriteStream(file));
	await pool.close();
};
