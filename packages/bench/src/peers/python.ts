import { spawnSync } from 'node:child_process';

/** A Python that has a module. */
export interface PythonWith {
	/** What starts it. */
	readonly program: string;
	/** Such as `Python 3.11.2, aiohttp 3.8.4`. */
	readonly version: string;
}

// A distribution's modules belong to the distribution's Python, which need not be the first in PATH.
const programs = ['/usr/bin/python3', 'python3'];

/** The first Python that can import `module`; undefined if none can. */
export function pythonWith(module: string, candidates: readonly string[] = programs): PythonWith | undefined {
	const script = `import platform, ${module}; print(f'Python {platform.python_version()}, ${module} {${module}.__version__}')`;
	for (const program of candidates) {
		const { status, stdout } = spawnSync(program, ['-c', script], { encoding: 'utf8' });
		if (status === 0) return { program, version: stdout.trim() };
	}
	return undefined;
}
