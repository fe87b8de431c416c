import { note } from '../note.ts';
import { userPath } from '../user-path.ts';

/**
 * One more run of each contestant that leaves `bench-<label>-<contestant>.cpuprofile` in the user's folder. Such a run is
 * slower and must not be counted.
 *
 * @param run is given the flags that make Node do so.
 */
export async function profileEach<Name extends string>(
	label: string,
	names: readonly Name[],
	run: (name: Name, nodeArguments: readonly string[]) => Promise<unknown>,
): Promise<void> {
	for (const name of names) {
		const file = `bench-${label}-${name}.cpuprofile`;
		note(`profiling ${name} into ${file}`);
		await run(name, ['--cpu-prof', `--cpu-prof-dir=${userPath('.')}`, `--cpu-prof-name=${file}`]);
	}
}
