import { resolve } from 'node:path';

/** A path as the user meant it: npm moves to the workspace's root before it runs a script and leaves a note where from. */
export function userPath(file: string): string {
	return resolve(process.env.INIT_CWD ?? process.cwd(), file);
}
