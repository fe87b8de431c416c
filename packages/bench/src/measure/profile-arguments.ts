import { userPath } from '../user-path.ts';

/** Flags that make Node leave `<name>.cpuprofile` in the user's folder. Such a run is slower and must not be counted. */
export function profileArguments(name: string): string[] {
	return ['--cpu-prof', `--cpu-prof-dir=${userPath('.')}`, `--cpu-prof-name=${name}.cpuprofile`];
}
