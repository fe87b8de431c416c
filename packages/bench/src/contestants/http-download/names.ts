/** Those that run on Node, in the order of the table. */
export const nodeDownloaders = ['ours', 'ours-fsync', 'ours-sha256', 'ours-4', 'undici'] as const;

/** One of them. */
export type NodeDownloader = (typeof nodeDownloaders)[number];
