import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url));

/** Runs the bench as `npm run bench` does. */
export function bench(...argv: string[]): SpawnSyncReturns<string> {
	return spawnSync(process.execPath, [main, ...argv], { encoding: 'utf8' });
}
