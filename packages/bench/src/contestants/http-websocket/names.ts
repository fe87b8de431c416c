/** Those that run on Node, in the order of the table. */
export const nodeReaders = ['ours', 'ws'] as const;

/** One of them. */
export type NodeReader = (typeof nodeReaders)[number];

/** Those that run on Python, and the module that each is named after. */
export const pythonReaders = { aiohttp: 'aiohttp' } as const;

/** One of them. */
export type PythonReader = keyof typeof pythonReaders;
