/** Those that run on Node, in the order of the table. */
export const nodeAskers = ['ours', 'ours-read', 'undici', 'fetch', 'got', 'axios'] as const;

/** One of them. */
export type NodeAsker = (typeof nodeAskers)[number];

/** Those that run on Python, and the module that each is named after. */
export const pythonAskers = {
	requests: 'requests',
	'requests-session': 'requests',
	'requests-threads': 'requests',
	aiohttp: 'aiohttp',
} as const;

/** One of them. */
export type PythonAsker = keyof typeof pythonAskers;
